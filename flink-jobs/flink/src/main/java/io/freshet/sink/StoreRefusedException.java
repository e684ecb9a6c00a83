/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import java.io.IOException;

/** The store answers, but does not let us in: no use in trying again. Its message is complete, and without a cause. */
final class StoreRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreRefusedException(String message) {
        super(message);
    }
}
