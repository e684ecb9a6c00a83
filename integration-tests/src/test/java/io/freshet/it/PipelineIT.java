/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.local.LocalStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scenarios on the embedded stack. */
class PipelineIT {

    private static LocalStack stack;
    private static PipelineScenarios scenarios;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        scenarios = new PipelineScenarios(stack.bootstrapServers(), stack.redisUri(), stack.flink());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aUserGoneQuietFallsToZeroWithoutAnEvent() throws Exception {
        scenarios.aUserGoneQuietFallsToZeroWithoutAnEvent();
    }

    @Test
    void functionsWithParametersRunFromKafkaToRedis() throws Exception {
        scenarios.functionsWithParametersRunFromKafkaToRedis();
    }

    @Test
    void tenCorruptEventsGiveTenDeadLettersAndTheJobGoesOn() throws Exception {
        scenarios.tenCorruptEventsGiveTenDeadLettersAndTheJobGoesOn();
    }

    @Test
    void anEventThatNoWindowCanUseIsADeadLetterWithItsBytes() throws Exception {
        scenarios.anEventThatNoWindowCanUseIsADeadLetterWithItsBytes();
    }

    @Test
    void aFunctionOfAUsersJarRunsAsABuiltInOneDoes() throws Exception {
        scenarios.aFunctionOfAUsersJarRunsAsABuiltInOneDoes();
    }

    @Test
    void rocksDbGivesTheRowsThatTheHeapGives() throws Exception {
        scenarios.rocksDbGivesTheRowsThatTheHeapGives();
    }

    @Test
    void twoTopicsOfOneEntityMakeOneRowOfIt() throws Exception {
        scenarios.twoTopicsOfOneEntityMakeOneRowOfIt();
    }
}
