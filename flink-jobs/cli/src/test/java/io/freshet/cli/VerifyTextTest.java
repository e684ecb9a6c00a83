/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.verify.Cause;
import io.freshet.verify.Difference;
import io.freshet.verify.VerifyReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifyTextTest {

    private static final Difference WRONG =
            new Difference(Cause.WRONG_VALUE, "user_activity", "Ann", 1_442_016_000_000L, "edits_1h", "3", "4");
    private static final Difference LATE = new Difference(
            Cause.LATE, "user_activity", "Bob", 1_442_016_000_000L, "", "a row", "among the dead letters");

    @Test
    void whatNothingExplainsIsListedWithItsKey() {
        List<String> lines = new VerifyText(report(Map.of(Cause.WRONG_VALUE, 1L, Cause.LATE, 1L), true), 7).lines();
        assertThat(lines).first().isEqualTo("view user_activity");
        assertThat(lines)
                .contains(
                        "         1,234  rows that the job committed",
                        "             1  late: events without a row, among the dead letters as late",
                        "             1  wrong value: rows with other values than their events give",
                        "Worst difference of two numbers: 0.250 of the greater, user_activity.edits_1h of 'Ann' as of"
                                + " 2015-09-12T00:00:00Z",
                        "             1  differences unexplained:")
                .endsWith("  wrong value: user_activity.edits_1h of 'Ann' as of 2015-09-12T00:00:00Z: expected 3,"
                        + " found 4");
        assertThat(lines).noneMatch(line -> line.contains("Bob"));
    }

    @Test
    void whoDoesNotKnowHowFarTheJobIsSaysSo() {
        assertThat(new VerifyText(report(Map.of(), false), 7).lines())
                .anyMatch(line -> line.startsWith("The job has not told Kafka how far it is"));
    }

    @Test
    void machinesGetExplainedAndUnexplainedApart() {
        Map<String, Object> fields =
                new VerifyText(report(Map.of(Cause.WRONG_VALUE, 1L, Cause.LATE, 1L), true), 7).fields();
        assertThat(fields)
                .containsEntry("clean", false)
                .containsEntry("explained", Map.of("late", 1L))
                .containsEntry("unexplained", Map.of("wrong_value", 1L))
                .containsEntry("worst_difference", 0.25);
    }

    private static VerifyReport report(Map<Cause, Long> causes, boolean knowsProgress) {
        return new VerifyReport(
                "user_activity",
                1_000,
                new VerifyReport.Rows(1_234, 1_233, 0, 0),
                causes,
                new VerifyReport.Oracle(100, 0),
                new VerifyReport.Online(10, 10),
                knowsProgress,
                Optional.of(new VerifyReport.Worst(0.25, WRONG)),
                List.of(WRONG, LATE));
    }
}
