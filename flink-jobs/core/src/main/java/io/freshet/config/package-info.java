/* SPDX-License-Identifier: Apache-2.0 */
/** The settings of a deployment: typed, from text, environment and flags. */
@NullMarked
package io.freshet.config;

import org.jspecify.annotations.NullMarked;
