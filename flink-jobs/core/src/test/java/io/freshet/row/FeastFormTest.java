/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Byte for byte what Feast writes. Keys: vectors worked out from {@code serialize_entity_key}, version 3, and
 * {@code _redis_key}. Fields: {@code _mmh3}, against Guava's murmur3_32 and such vectors. Values: against Google's protobuf
 * with the message of {@code protos/feast/types/Value.proto}. All of https://github.com/feast-dev/feast.
 */
class FeastFormTest {

    private static Descriptor value;

    /** The part of Value.proto that is written here: names, numbers and types as there. */
    @BeforeAll
    static void describe() throws Exception {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("Value.proto")
                .setPackage("feast.types")
                .setSyntax("proto3");
        file.addMessageType(list("StringList", Type.TYPE_STRING))
                .addMessageType(list("Int64List", Type.TYPE_INT64))
                .addMessageType(list("DoubleList", Type.TYPE_DOUBLE))
                .addMessageType(list("BoolList", Type.TYPE_BOOL));
        DescriptorProto.Builder map = DescriptorProto.newBuilder().setName("Map");
        map.addNestedType(DescriptorProto.newBuilder()
                .setName("ValEntry")
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(field("key", 1, Type.TYPE_STRING))
                .addField(field("value", 2, Type.TYPE_MESSAGE).setTypeName(".feast.types.Value")));
        map.addField(field("val", 1, Type.TYPE_MESSAGE)
                .setLabel(Label.LABEL_REPEATED)
                .setTypeName(".feast.types.Map.ValEntry"));
        file.addMessageType(map);
        DescriptorProto.Builder message = DescriptorProto.newBuilder()
                .setName("Value")
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("val"));
        Map<String, FieldDescriptorProto.Builder> fields = new LinkedHashMap<>();
        fields.put("string_val", field("string_val", 2, Type.TYPE_STRING));
        fields.put("int64_val", field("int64_val", 4, Type.TYPE_INT64));
        fields.put("double_val", field("double_val", 5, Type.TYPE_DOUBLE));
        fields.put("bool_val", field("bool_val", 7, Type.TYPE_BOOL));
        fields.put("unix_timestamp_val", field("unix_timestamp_val", 8, Type.TYPE_INT64));
        fields.put(
                "string_list_val",
                field("string_list_val", 12, Type.TYPE_MESSAGE).setTypeName(".feast.types.StringList"));
        fields.put(
                "int64_list_val", field("int64_list_val", 14, Type.TYPE_MESSAGE).setTypeName(".feast.types.Int64List"));
        fields.put(
                "double_list_val",
                field("double_list_val", 15, Type.TYPE_MESSAGE).setTypeName(".feast.types.DoubleList"));
        fields.put(
                "bool_list_val", field("bool_list_val", 17, Type.TYPE_MESSAGE).setTypeName(".feast.types.BoolList"));
        fields.put(
                "unix_timestamp_list_val",
                field("unix_timestamp_list_val", 18, Type.TYPE_MESSAGE).setTypeName(".feast.types.Int64List"));
        fields.put("map_val", field("map_val", 20, Type.TYPE_MESSAGE).setTypeName(".feast.types.Map"));
        fields.values().forEach(each -> message.addField(each.setOneofIndex(0)));
        file.addMessageType(message);
        value = FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]).findMessageTypeByName("Value");
    }

    @Test
    void keysAreThoseOfFeastsSerialization() {
        // struct.pack of: 1 key; STRING, 7, "user_id"; INT64, 8, 42; then the project.
        assertThat(key(List.of(new ViewPlan.Field(List.of("user_id"), ValueType.LONG)), "42", "demo"))
                .isEqualTo("010000000200000007000000757365725f69640400000008000000" + "2a00000000000000" + "64656d6f");
        // Two keys, sorted by name with their values: a = "x|y", b = -1.
        assertThat(key(
                        List.of(
                                new ViewPlan.Field(List.of("of", "b"), ValueType.LONG),
                                new ViewPlan.Field(List.of("a"), ValueType.STRING)),
                        "-1|x\\|y",
                        "p"))
                .isEqualTo("02000000" + "020000000100000061" + "020000000100000062" + "0200000003000000787c79"
                        + "0400000008000000ffffffffffffffff" + "70");
        // UNIX_TIMESTAMP in whole seconds: 1_500 ms is 1.
        assertThat(key(List.of(new ViewPlan.Field(List.of("t"), ValueType.TIMESTAMP)), "1500", ""))
                .isEqualTo("01000000" + "020000000100000074" + "08000000080000000100000000000000");
    }

    @Test
    void fieldsAreMurmur3OfViewAndFeatureLittleEndFirst() {
        assertThat(hex(FeastForm.field("txn", "cnt_1h"))).isEqualTo("36e96d61");
        assertThat(hex(FeastForm.field("txn", "sum_amount_7d"))).isEqualTo("50ff7b20");
        Random random = new Random(8);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(Murmur3.hash(bytes))
                    .isEqualTo(Hashing.murmur3_32_fixed().hashBytes(bytes).asInt());
        }
    }

    @Test
    void valuesAreThoseOfFeastsMessage() {
        assertThat(hex(FeastValues.encode(42L, ValueType.LONG))).isEqualTo("202a");
        assertThat(hex(FeastValues.encode(0L, ValueType.LONG))).isEqualTo("2000");
        assertThat(hex(FeastValues.encode(1.5, ValueType.DOUBLE))).isEqualTo("29000000000000f83f");
        assertThat(hex(FeastValues.encode(true, ValueType.BOOLEAN))).isEqualTo("3801");
        assertThat(hex(FeastValues.encode("DE", ValueType.STRING))).isEqualTo("12024445");
        assertThat(hex(FeastValues.encode(null, ValueType.LONG))).isEmpty();

        for (long number : new long[] {0, 1, -1, 300, Long.MAX_VALUE, Long.MIN_VALUE}) {
            same(number, ValueType.LONG, "int64_val", number);
            same(number, ValueType.TIMESTAMP, "unix_timestamp_val", Math.floorDiv(number, 1_000));
        }
        for (double number : new double[] {0.0, -0.0, 1e300, Double.MIN_VALUE}) {
            same(number, ValueType.DOUBLE, "double_val", number);
        }
        same(new BigDecimal("12.50"), ValueType.decimal(10, 2), "double_val", 12.5);
        same("é€\uD83D\uDE00", ValueType.STRING, "string_val", "é€\uD83D\uDE00");
        same("", ValueType.STRING, "string_val", "");
        same(false, ValueType.BOOLEAN, "bool_val", false);
    }

    @Test
    void listsAndMapsAreThoseOfFeastsMessage() {
        same(
                List.of(1L, -2L, 300L),
                ValueType.list(ValueType.LONG),
                "int64_list_val",
                listOf("int64_list_val", 1L, -2L, 300L));
        same(List.of(), ValueType.list(ValueType.LONG), "int64_list_val", listOf("int64_list_val"));
        same(
                List.of("a", "b"),
                ValueType.list(ValueType.STRING),
                "string_list_val",
                listOf("string_list_val", "a", "b"));
        same(
                List.of(true, false),
                ValueType.list(ValueType.BOOLEAN),
                "bool_list_val",
                listOf("bool_list_val", true, false));
        same(
                List.of(5_000L),
                ValueType.list(ValueType.TIMESTAMP),
                "unix_timestamp_list_val",
                listOf("unix_timestamp_list_val", 5L));
        same(
                Arrays.asList(1.5, null),
                ValueType.list(ValueType.DOUBLE),
                "double_list_val",
                listOf("double_list_val", 1.5, Double.NaN));
        assertThat(FeastValues.encode(Arrays.asList(1L, null), ValueType.list(ValueType.LONG)))
                .as("Feast has no list with a null in it")
                .isEmpty();

        Descriptor map = value.findFieldByName("map_val").getMessageType();
        FieldDescriptor entries = map.findFieldByName("val");
        DynamicMessage entry = DynamicMessage.newBuilder(entries.getMessageType())
                .setField(entries.getMessageType().findFieldByName("key"), "tea")
                .setField(entries.getMessageType().findFieldByName("value"), message("int64_val", 7L))
                .build();
        same(
                Map.of("tea", 7L),
                ValueType.map(ValueType.LONG),
                "map_val",
                DynamicMessage.newBuilder(map).addRepeatedField(entries, entry).build());
    }

    @Test
    void aRowHasItsTimeInWholeSecondsAndAFieldForEachColumn() {
        ViewPlan plan = AllTypes.plan(1);
        FeatureRow row = AllTypes.row(new Random(2), plan);
        FeatureRow at = new FeatureRow("k", 1_700_000_000_999L, 0, 1, 0, 0, values(row));
        Map<String, String> fields = new LinkedHashMap<>();
        new FeastForm(plan).visit(at, (name, bytes) -> fields.put(hex(name), hex(bytes)));

        assertThat(fields).hasSize(1 + plan.columns().size());
        assertThat(fields.get(hex("_ts:all_types".getBytes(UTF_8))))
                .isEqualTo(hex(Timestamp.newBuilder()
                        .setSeconds(1_700_000_000L)
                        .build()
                        .toByteArray()));
        assertThat(hex(FeastValues.timestamp(0)))
                .isEqualTo(hex(Timestamp.getDefaultInstance().toByteArray()));
    }

    @Test
    void aKeyOfATypeThatFeastHasNotIsRefused() {
        assertThatThrownBy(() -> key(List.of(new ViewPlan.Field(List.of("is_new"), ValueType.BOOLEAN)), "true", "p"))
                .hasMessage("Cannot write the entity field 'is_new' for Feast: it has no keys of boolean");
    }

    private static void same(Object ours, ValueType type, String field, Object theirs) {
        assertThat(hex(FeastValues.encode(ours, type)))
                .isEqualTo(hex(message(field, theirs).toByteArray()));
    }

    private static DynamicMessage message(String field, Object of) {
        return DynamicMessage.newBuilder(value)
                .setField(value.findFieldByName(field), of)
                .build();
    }

    private static DynamicMessage listOf(String field, Object... values) {
        Descriptor list = value.findFieldByName(field).getMessageType();
        DynamicMessage.Builder message = DynamicMessage.newBuilder(list);
        for (Object each : values) {
            message.addRepeatedField(list.findFieldByName("val"), each);
        }
        return message.build();
    }

    private static DescriptorProto list(String name, Type type) {
        return DescriptorProto.newBuilder()
                .setName(name)
                .addField(field("val", 1, type).setLabel(Label.LABEL_REPEATED))
                .build();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    private static String key(List<ViewPlan.Field> entity, String key, String project) {
        ViewPlan all = AllTypes.plan(1);
        ViewPlan.SourcePlan source = all.sources().get(0);
        ViewPlan plan = new ViewPlan(
                all.view(),
                List.of(new ViewPlan.SourcePlan(
                        source.source(),
                        source.schema(),
                        source.eventTime(),
                        entity,
                        source.where(),
                        source.inputs(),
                        source.filters())),
                all.columns());
        return hex(new FeastForm(plan).key(project, key));
    }

    private static @Nullable Object[] values(FeatureRow row) {
        @Nullable Object[] values = new Object[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.value(i);
        }
        return values;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
