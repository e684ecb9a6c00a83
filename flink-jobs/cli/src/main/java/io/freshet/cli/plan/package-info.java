/* SPDX-License-Identifier: Apache-2.0 */
/** What a deployment would change: {@link io.freshet.cli.plan.JobPlan}, shown as text or JSON. */
@NullMarked
package io.freshet.cli.plan;

import org.jspecify.annotations.NullMarked;
