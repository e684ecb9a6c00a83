/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import java.io.IOException;

/** The registry was away for too long, or refuses to answer. Its message says which, and what to do. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
