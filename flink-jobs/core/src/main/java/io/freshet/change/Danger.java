/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

/**
 * What could harm, and how to agree to it all the same.
 *
 * @param what what would happen, and what would be right
 * @param consent what has to be agreed to
 */
public record Danger(String what, Consent consent) {}
