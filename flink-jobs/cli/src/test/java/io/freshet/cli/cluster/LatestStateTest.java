/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestStateTest {

    @TempDir
    private Path folder;

    @Test
    void theNewestOfCheckpointsAndSavepointsOfTheNamespaceCounts() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        Path savepoints = folder.resolve("savepoints");
        String job = JobIds.at("shop", 1_000);
        complete(checkpoints.resolve(job + "/chk-7"), 5);
        complete(checkpoints.resolve(job + "/chk-8"), 6);
        complete(checkpoints.resolve(JobIds.at("other", 2_000) + "/chk-1"), 9);
        Files.createDirectories(checkpoints.resolve(job + "/chk-9"));
        assertThat(latest())
                .hasValueSatisfying(path -> assertThat(path).startsWith("file:").contains("/chk-8"));

        complete(savepoints.resolve("savepoint-" + job.substring(0, 6) + "-0123456789ab"), 7);
        assertThat(latest()).hasValueSatisfying(path -> assertThat(path).contains("/savepoint-"));
    }

    @Test
    void noFolderIsNoState() throws Exception {
        assertThat(latest()).isEmpty();
    }

    @Test
    void idsOfANamespaceStartAlikeAndThoseOfAnotherDoNot() {
        assertThat(JobIds.at("shop", 1)).matches("[0-9a-f]{32}").startsWith(JobIds.prefix("shop"));
        assertThat(JobIds.at("shop", 1)).isNotEqualTo(JobIds.at("shop", 2));
        assertThat(JobIds.prefix("shop")).isNotEqualTo(JobIds.prefix("shop2"));
    }

    private Optional<String> latest() throws IOException {
        return LatestState.of("shop", List.of(folder.resolve("checkpoints"), folder.resolve("savepoints")))
                .map(KeptState::path);
    }

    private static void complete(Path path, long seconds) throws IOException {
        Files.createDirectories(path);
        Path metadata = Files.writeString(path.resolve("_metadata"), "");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(seconds * 1_000));
    }
}
