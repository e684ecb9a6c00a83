/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of what is deployed: manifests, alert rules, dashboards, the distribution. They start nothing but tools. */
@NullMarked
package io.freshet.deploy;

import org.jspecify.annotations.NullMarked;
