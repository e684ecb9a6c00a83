/* SPDX-License-Identifier: Apache-2.0 */
/** An example of a function that is no part of Freshet: a jar of its own, found by what META-INF/services says. */
@NullMarked
package io.freshet.example;

import org.jspecify.annotations.NullMarked;
