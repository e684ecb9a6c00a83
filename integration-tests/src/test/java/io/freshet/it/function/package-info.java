/* SPDX-License-Identifier: Apache-2.0 */
/** A function as a user would bring it along in a jar of their own. */
package io.freshet.it.function;
