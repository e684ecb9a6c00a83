/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.cluster.TestJobs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told before any cluster is asked; the rest is tested on one. */
class DeployCommandTest {

    private static final String NOBODY = "flink.rest=http://localhost:1";

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void aSecretInAFlagStaysHere() throws Exception {
        settings("namespace: shop");
        assertThat(run("deploy", "-D", "redis.password=hunter2")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(said.toString())
                .contains("Cannot send the value of 'redis.password' to a cluster", "${NAME}")
                .doesNotContain("hunter2");
        assertThat(run("deploy", "-D", "kafka.properties.ssl.key.password=hunter2"))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(said.toString()).doesNotContain("hunter2");
    }

    @Test
    void aSecretInTheFileStaysHere() throws Exception {
        settings("redis: {password: hunter2}");
        assertThat(run("deploy")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(said.toString())
                .contains("freshet.yaml:1:19: Cannot send the value of 'password' to a cluster")
                .doesNotContain("hunter2");
    }

    @Test
    void stateOfAnEarlierJobIsNotPassedOver() throws Exception {
        settings("namespace: shop");
        Path checkpoint = folder.resolve(".freshet/cluster/checkpoints")
                .resolve(TestJobs.id("shop"))
                .resolve("chk-3");
        Files.createDirectories(checkpoint);
        Files.writeString(checkpoint.resolve("_metadata"), "");
        assertThat(run("deploy")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(said.toString()).contains("an earlier job has left its state at file:", "chk-3", "--fresh");
    }

    @Test
    void noFlinkIsSaidWithTheSettingThatLedThere() throws Exception {
        settings("namespace: shop");
        assertThat(run("status")).isEqualTo(Freshet.FAILED);
        assertThat(said.toString()).contains("no Flink answers at http://localhost:1 (setting flink.rest");
    }

    @Test
    void anAddressThatIsNoneIsAWrongSetting() throws Exception {
        settings("flink: {rest: 'localhost:8081'}");
        assertThat(execute(List.of("status"))).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(said.toString())
                .contains("Cannot use 'localhost:8081' for flink.rest: expected an address like http://localhost:8081");
    }

    @Test
    void aParallelismBelowOneIsRefused() throws Exception {
        settings("namespace: shop");
        assertThat(run("rescale", "--parallelism", "0")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(said.toString()).contains("expected 1 or more");
    }

    @Test
    void aClusterThatIsNotThereIsSaid() {
        assertThat(execute(List.of("cluster", "status", "--dir", folder.toString())))
                .isEqualTo(Freshet.FAILED);
        assertThat(said.toString()).contains("Cannot find a cluster in " + folder, "'freshet cluster up' starts one");
    }

    private void settings(String yaml) throws Exception {
        Files.writeString(folder.resolve("freshet.yaml"), yaml + "\n");
        Files.createDirectories(folder.resolve("views"));
        Files.writeString(folder.resolve("views/edits.yaml"), """
                view: edits
                source: {topic: edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                features:
                  edits: {count: "*", windows: [1h]}
                """);
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-D", NOBODY));
        return execute(all);
    }

    private int execute(List<String> words) {
        List<String> all = new ArrayList<>(words);
        if (!words.get(0).equals("cluster")) {
            all.addAll(List.of("--config", folder.resolve("freshet.yaml").toString()));
        }
        PrintWriter writer = new PrintWriter(said);
        return Freshet.commandLine(Map.of()).setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
    }
}
