/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import com.redis.testcontainers.RedisContainer;
import io.freshet.local.LocalFlink;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The scenarios on the images that people run; skipped where no Docker daemon answers. */
@Testcontainers(disabledWithoutDocker = true)
class ContainersIT {

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.1"));

    @Container
    private static final RedisContainer REDIS = new RedisContainer(DockerImageName.parse("redis:7.4-alpine"));

    @TempDir
    private static Path directory;

    private static LocalFlink flink;
    private static PipelineScenarios scenarios;

    @BeforeAll
    static void start() throws Exception {
        flink = LocalFlink.start(directory, 0, 2);
        scenarios = new PipelineScenarios(KAFKA.getBootstrapServers(), REDIS.getRedisURI(), flink);
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
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
    void twoTopicsOfOneEntityMakeOneRowOfIt() throws Exception {
        scenarios.twoTopicsOfOneEntityMakeOneRowOfIt();
    }

    @Test
    void aFunctionOfAUsersJarRunsAsABuiltInOneDoes() throws Exception {
        scenarios.aFunctionOfAUsersJarRunsAsABuiltInOneDoes();
    }
}
