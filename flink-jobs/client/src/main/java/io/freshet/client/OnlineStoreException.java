/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import org.jspecify.annotations.Nullable;

/** The online store cannot be reached, does not answer in time, or holds what the view does not expect. */
public final class OnlineStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OnlineStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
