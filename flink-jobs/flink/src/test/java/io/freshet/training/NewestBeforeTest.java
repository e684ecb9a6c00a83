/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewestBeforeTest {

    private static final List<String> ENTITIES = List.of("e", "f", "nobody asks for this one");

    /** A row, of an entity. */
    private record Row(String entity, RowHead head, int warming) {}

    @Test
    void ofTheRowsBetweenTwoQuestionsTheLastIsFound() {
        WantedTimes wanted = new WantedTimes();
        wanted.add("e", 20);
        wanted.add("e", 10);
        wanted.sort();

        assertThat(found(wanted, row(5), row(11), row(10), row(8), row(21), row(19), row(11)))
                .containsExactly(row(10), row(19));
        assertThat(found(wanted)).isEmpty();
    }

    @Test
    void ofRowsOfOneMomentTheMostCompleteIsFoundWhateverIsReadFirst() {
        WantedTimes wanted = new WantedTimes();
        wanted.add("e", 10);
        wanted.sort();
        RowHead head = row(9).head();
        Row less = new Row("e", head, 2);
        Row more = new Row("e", head, 1);

        assertThat(found(wanted, more, less)).containsExactly(more);
        assertThat(found(wanted, less, more)).containsExactly(more);
    }

    /** Whatever the order in which rows come, and in however many parts, the answers are those of all rows. */
    @Test
    void noAnswerIsLeftOutWhateverTheOrder() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            int[] asked = random.ints(1 + random.nextInt(6), 0, 50).toArray();
            Row[] rows = new Row[random.nextInt(40)];
            for (int i = 0; i < rows.length; i++) {
                RowOrigin origin = RowOrigin.values()[random.nextInt(3)];
                RowHead head = new RowHead(random.nextInt(50), random.nextInt(55), i, 1, origin);
                rows[i] = new Row(ENTITIES.get(random.nextInt(3)), head, 0);
            }
            List<Row> found = new ArrayList<>();
            int parts = 1 + random.nextInt(3);
            for (int part = 0; part < parts; part++) {
                WantedTimes wanted = new WantedTimes();
                for (String entity : ENTITIES.subList(0, 2)) {
                    if (new EntityPart(part, parts).has(entity)) {
                        Arrays.stream(asked).forEach(time -> wanted.add(entity, time));
                    }
                }
                wanted.sort();
                found.addAll(found(wanted, rows));
            }

            assertThat(found).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(4 * asked.length);
            for (String entity : ENTITIES.subList(0, 2)) {
                for (int time : asked) {
                    for (boolean isBackfill : new boolean[] {true, false}) {
                        assertThat(last(found, entity, time, isBackfill))
                                .isEqualTo(last(Arrays.asList(rows), entity, time, isBackfill));
                    }
                }
            }
        }
    }

    private static Optional<RowHead> last(List<Row> rows, String entity, int time, boolean isBackfill) {
        return rows.stream()
                .filter(row -> row.entity().equals(entity))
                .map(Row::head)
                .filter(head -> (head.origin() == RowOrigin.BACKFILL) == isBackfill && head.availableAtMillis() <= time)
                .max(RowHead::compareTo);
    }

    private static List<Row> found(WantedTimes wanted, Row... rows) {
        NewestBefore newest = new NewestBefore(wanted, 1);
        for (int i = 0; i < rows.length; i++) {
            newest.add(rows[i].entity(), rows[i].head(), rows[i].warming(), i + 1);
        }
        List<Row> found = new ArrayList<>();
        for (NewestBefore.Found each : newest.found()) {
            Row row = rows[(int) each.place() - 1];
            RowHead head = row.head();
            assertThat(each.entity()).isEqualTo(row.entity());
            assertThat(each.head()).isEqualByComparingTo(head);
            assertThat(each.head().origin() == RowOrigin.BACKFILL).isEqualTo(head.origin() == RowOrigin.BACKFILL);
            found.add(row);
        }
        return found;
    }

    private static Row row(long availableAt) {
        return new Row("e", new RowHead(availableAt - 1, availableAt, availableAt, 1, RowOrigin.LIVE), 0);
    }
}
