/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the registry answered.
 *
 * @param errorCode 0, or the registry's own code of what is wrong, such as 40403: no such schema
 * @param body the answer
 */
record RegistryAnswer(int errorCode, JsonNode body) {

    boolean isFound() {
        return errorCode == 0;
    }

    /** What the registry says is wrong. */
    String message() {
        return body.path("message").asText("no reason given");
    }
}
