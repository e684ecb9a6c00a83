/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import java.io.Serializable;

/**
 * A value that is never shown.
 *
 * @param value the secret itself
 */
public record Secret(String value) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Stars, never the value. */
    @Override
    public String toString() {
        return "***";
    }
}
