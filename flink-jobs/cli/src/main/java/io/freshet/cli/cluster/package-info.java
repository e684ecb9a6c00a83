/* SPDX-License-Identifier: Apache-2.0 */
/** Jobs on Flink clusters, from here: deployed, looked at, stopped, changed. Start reading at Deployment. */
@NullMarked
package io.freshet.cli.cluster;

import org.jspecify.annotations.NullMarked;
