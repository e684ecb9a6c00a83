/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.restore.RestoreReport;
import org.junit.jupiter.api.Test;

class RestoreTextTest {

    @Test
    void whatIsNoneAndSeldomIsLeftOut() {
        RestoreReport report = new RestoreReport("v", 142_641, 0, 0, 0, 10_531, 10_531, 0, 0, 0, 0, 0, true);
        assertThat(RestoreText.lines(report))
                .containsExactly(
                        "view v",
                        "       142,641  rows read",
                        "        10,531  entities",
                        "        10,531  of them written",
                        "             0  there already, as new or newer");
        assertThat(RestoreText.warnings(report)).isEmpty();
    }

    @Test
    void rowsThatCouldNotBeReadAreToldWithWhatToDo() {
        RestoreReport report = new RestoreReport("v", 90, 40, 1, 2, 30, 10, 15, 5, 7, 3, 1_000, false);
        assertThat(RestoreText.lines(report))
                .contains(
                        "            40  of them of the archive",
                        "             1  of them of backfills, which were never in Redis",
                        "             2  of them of other versions of the view",
                        "             5  whose time to live is over",
                        "             7  rows committed meanwhile");
        assertThat(RestoreText.warnings(report))
                .satisfiesExactly(
                        open -> assertThat(open).contains("still open", "run it again"),
                        deleted -> assertThat(deleted).contains("up to 1,000 rows", "--archive DIR"));
        assertThat(RestoreText.fields(report)).containsEntry("late_written", 3L).containsEntry("complete", false);
    }
}
