/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

/** Who may call a route. */
public enum Access {
    /** Anybody who reaches the server: for what tells nothing of the data, such as the files of a page. */
    OPEN,
    /** Who has the token, where the server was given one. */
    TOKEN
}
