/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.local.LocalStackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartProcessTest {

    @TempDir
    private Path folder;

    @Test
    void aProcessIsFoundByItsFileUntilItEnds() throws Exception {
        Path pid = folder.resolve("pid");
        assertThat(PartProcess.find(pid)).isEmpty();
        ProcessHandle started = PartProcess.start(List.of("sleep", "100"), folder, folder.resolve("out"), pid);
        assertThat(PartProcess.find(pid)).contains(started);
        PartProcess.stop(started, Duration.ofSeconds(10));
        assertThat(started.isAlive()).isFalse();
        assertThat(PartProcess.find(pid)).isEmpty();
    }

    @Test
    void oneThatDoesNotListenIsKilled() throws Exception {
        Path out = folder.resolve("out");
        ProcessHandle deaf = PartProcess.start(
                List.of("sh", "-c", "trap '' TERM; echo ready; while true; do sleep 1; done"),
                folder,
                out,
                folder.resolve("pid"));
        Awaitility.await().until(() -> Files.readString(out).contains("ready"));
        PartProcess.stop(deaf, Duration.ofMillis(100));
        assertThat(deaf.isAlive()).isFalse();
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTakenForOurs() throws Exception {
        Path pid = folder.resolve("pid");
        Files.writeString(pid, ProcessHandle.current().pid() + " 1000\n");
        assertThat(PartProcess.find(pid)).isEmpty();
    }

    @Test
    void aFileOfAnythingElseIsRefused() throws Exception {
        Path pid = Files.writeString(folder.resolve("pid"), "x\n");
        assertThatThrownBy(() -> PartProcess.find(pid))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining(pid.toString());
    }
}
