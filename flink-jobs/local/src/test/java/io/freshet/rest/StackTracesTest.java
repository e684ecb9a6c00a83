/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTracesTest {

    @Test
    void theMessageOfTheDeepestCauseIsTheReason() {
        assertThat(StackTraces.reason("""
                        org.apache.flink.runtime.rest.handler.RestHandlerException: Could not execute application.
                        \tat org.apache.flink.runtime.webmonitor.handlers.JarRunHandler.lambda$handleRequest$1(JarRunHandler.java:114)
                        Caused by: java.util.concurrent.CompletionException: org.apache.flink.util.FlinkRuntimeException: Could not execute application.
                        \t... 2 more
                        Caused by: java.lang.IllegalStateException: No slots
                        are left
                        \tat Some.where(Some.java:1)
                        End of exception on server side>
                        """)).isEqualTo("No slots\nare left");
    }

    @Test
    void aReasonOfOursIsBetterThanWhatLiesBelowIt() {
        assertThat(StackTraces.reason("""
                        java.util.concurrent.CompletionException: org.apache.flink.client.program.ProgramInvocationException: The main method caused an error: Cannot reach Kafka at localhost:1 within 30 s
                        Caused by: io.freshet.job.PreflightException: Cannot reach Kafka at localhost:1 within 30 s
                        \tat io.freshet.job.TopicPreflight.get(TopicPreflight.java:1)
                        Caused by: java.util.concurrent.TimeoutException: Timed out waiting for a node assignment
                        """)).isEqualTo("Cannot reach Kafka at localhost:1 within 30 s");
    }

    @Test
    void aMessageOfSeveralProblemsIsToldWhole() {
        assertThat(StackTraces.reason("""
                        io.freshet.definition.DefinitionException: views/a.yaml:7:10: Unknown field 'usr'
                            entity: [usr]
                                     ^
                        \tat io.freshet.definition.Problems.check(Problems.java:1)
                        """))
                .isEqualTo("views/a.yaml:7:10: Unknown field 'usr'\n    entity: [usr]\n             ^");
    }

    @Test
    void anExceptionWithoutAMessageIsPassedOver() {
        assertThat(StackTraces.reason("""
                        java.lang.RuntimeException: outer
                        Caused by: java.lang.NullPointerException
                        \tat A.b(A.java:1)
                        """)).isEqualTo("outer");
    }

    @Test
    void whatIsNoTraceIsItsFirstLine() {
        assertThat(StackTraces.reason("Unable to load requested file /jars/x.\nMore"))
                .isEqualTo("Unable to load requested file /jars/x.");
        assertThat(StackTraces.reason("")).isEmpty();
    }
}
