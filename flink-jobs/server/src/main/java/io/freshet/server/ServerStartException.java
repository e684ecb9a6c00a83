/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import org.jspecify.annotations.Nullable;

/** A server cannot start as it is told to. */
public final class ServerStartException extends Exception {
    private static final long serialVersionUID = 1L;

    ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
