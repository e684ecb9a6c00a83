/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;

class CompactFormTest {

    private static final int ROUNDS = 2_000;

    private final ViewPlan plan = AllTypes.plan(2);

    @Test
    void everyRowComesBackWithTheColumnsThatAreWanted() {
        Random random = new Random(3);
        CompactWriter writer = new CompactWriter(plan);
        for (int round = 0; round < ROUNDS; round++) {
            FeatureRow row = AllTypes.row(random, plan);
            List<Column> wanted = new ArrayList<>(plan.columns());
            Collections.shuffle(wanted, random);
            wanted = wanted.subList(0, random.nextInt(wanted.size() + 1));

            CompactReader.Row read = new CompactReader(plan, wanted).read(writer.write(row));

            assertThat(read.identity()).isEqualTo(new RowIdentity(3, row.asOfMillis(), row.seq()));
            assertThat(read.availableAtMillis()).isEqualTo(row.availableAtMillis());
            assertThat(read.warming()).isEqualTo(new Warming(plan.columns()).columns(row));
            assertThat(read.values())
                    .containsExactly(wanted.stream()
                            .map(column -> row.value(plan.columns().indexOf(column)))
                            .toArray());
        }
    }

    @Test
    void behindItsHeadARowIsARecordThatAvroReads() throws Exception {
        Random random = new Random(4);
        BinaryMessageDecoder<GenericRecord> avro =
                new BinaryMessageDecoder<>(new GenericData(), CompactSchema.of(plan));
        for (int round = 0; round < ROUNDS; round++) {
            FeatureRow row = AllTypes.row(random, plan);
            byte[] bytes = new CompactWriter(plan).write(row);
            ByteBuffer head = ByteBuffer.wrap(bytes);
            assertThat(List.of(head.getInt(), head.getLong(), head.getLong()))
                    .isEqualTo(List.of(3, row.asOfMillis(), row.seq()));

            GenericRecord record = avro.decode(Arrays.copyOfRange(bytes, CompactSchema.HEAD_BYTES, bytes.length));
            assertThat(record.get("_available_at")).isEqualTo(row.availableAtMillis());
            assertThat(record.get("n_1h")).isEqualTo(row.value(names().indexOf("n_1h")));
        }
    }

    @Test
    void bytesThatAreNoRowOfTheDefinitionAreRefused() {
        byte[] bytes = new CompactWriter(plan).write(AllTypes.row(new Random(1), plan));
        CompactReader reader = new CompactReader(plan, plan.columns());
        assertThatThrownBy(() -> reader.read(new byte[7]))
                .hasMessage("found 7 bytes, expected a row of view 'all_types' (is the key used by others, too?)");
        ViewPlan fewer =
                new ViewPlan(plan.view(), plan.sources(), plan.columns().subList(0, 3));
        assertThatThrownBy(() -> new CompactReader(fewer, fewer.columns()).read(bytes))
                .isInstanceOf(CompactReader.UnknownSchemaException.class)
                .hasMessageStartingWith("a row of view 'all_types' was written under schema ");
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(bytes, CompactSchema.HEAD_BYTES + 10)))
                .hasMessageStartingWith("a row of view 'all_types' is broken");
    }

    @Test
    void rowsOfWhenTheViewHadOtherColumnsAreReadOnceTheirSchemaIsLearned() {
        ViewPlan fewer =
                new ViewPlan(plan.view(), plan.sources(), plan.columns().subList(2, 7));
        Random random = new Random(9);
        CompactReader now = new CompactReader(plan, plan.columns());
        now.learn(CompactSchema.of(fewer));
        CompactReader before = new CompactReader(fewer, fewer.columns().subList(1, 3));
        before.learn(CompactSchema.of(plan));
        for (int round = 0; round < 200; round++) {
            FeatureRow old = AllTypes.row(random, fewer);
            Object[] read = now.read(new CompactWriter(fewer).write(old)).values();
            for (int i = 0; i < read.length; i++) {
                assertThat(read[i]).isEqualTo(i >= 2 && i < 7 ? old.value(i - 2) : null);
            }
            FeatureRow row = AllTypes.row(random, plan);
            assertThat(before.read(new CompactWriter(plan).write(row)).values())
                    .containsExactly(row.value(3), row.value(4));
        }
    }

    private List<String> names() {
        return plan.columns().stream().map(Column::name).toList();
    }
}
