/* SPDX-License-Identifier: Apache-2.0 */
/** Assembly of the streaming job. Start at FeatureJob.assemble. */
@NullMarked
package io.freshet.job;

import org.jspecify.annotations.NullMarked;
