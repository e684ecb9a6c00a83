/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

/** Whether calls of a route count against {@link ServerOptions#pending}. */
public enum Admission {
    /** They do not: an overloaded server still tells that it is. */
    FREE,
    /** They do, and beyond it are refused with 503. */
    BOUNDED
}
