/* SPDX-License-Identifier: Apache-2.0 */
/** What an author wrote (records), its parser and validator, and the plan it resolves to. Start at FeatureViewParser and ViewPlanner. */
@NullMarked
package io.freshet.definition;

import org.jspecify.annotations.NullMarked;
