/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a jar is started.
 *
 * @param arguments of its main; the cluster shows them to everybody, so they hold no secret
 * @param jobId 32 hexadecimal digits, new to the cluster; empty for one that Flink makes up
 * @param from checkpoint or savepoint whose state it starts with; empty for none
 * @param dropsState whether state in it that no operator asks for is left behind, where it is else an error
 */
public record RunRequest(List<String> arguments, Optional<String> jobId, Optional<String> from, boolean dropsState) {

    public RunRequest {
        arguments = List.copyOf(arguments);
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("programArgsList", arguments);
        jobId.ifPresent(id -> body.put("jobId", id));
        from.ifPresent(path -> {
            body.put("savepointPath", path);
            body.put("allowNonRestoredState", dropsState);
        });
        return body;
    }
}
