/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import io.freshet.table.TableSchema.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table of any columns and values, all from one seed.
 *
 * @param rows of the schema
 */
record RandomTable(TableSchema schema, List<@Nullable Object[]> rows) {

    private static final String[] NAMES = {"a", "a b", "x-y", "a.b", "größe", "say \"hi\"", "p,q", "_as_of", "2nd", "λ"
    };
    private static final String[] TEXTS = {
        "",
        " ",
        "plain",
        "a,b",
        "say \"hi\"",
        "two\nlines",
        "cr\r\nlf",
        "null",
        "007",
        "λ→😀",
        "\ttab\\",
        "{\"a\":1}",
        "NaN"
    };

    static RandomTable of(long seed) {
        Random random = new Random(seed);
        List<Column> columns = new ArrayList<>();
        int width = 1 + random.nextInt(NAMES.length);
        for (int i = 0; i < width; i++) {
            columns.add(new Column(NAMES[i], type(random, 2)));
        }
        TableSchema schema = new TableSchema(columns);
        int height = random.nextInt(10) == 0 ? 0 : random.nextInt(200);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            rows.add(columns.stream()
                    .map(column -> random.nextInt(5) == 0 ? null : value(column.type(), random))
                    .toArray());
        }
        return new RandomTable(schema, rows);
    }

    private static CellType type(Random random, int depth) {
        CellType.Kind[] kinds = CellType.Kind.values();
        CellType.Kind kind = kinds[random.nextInt(depth == 0 ? CellType.Kind.LIST.ordinal() : kinds.length)];
        return switch (kind) {
            case DECIMAL -> {
                int precision = 1 + random.nextInt(38);
                yield CellType.decimal(precision, random.nextInt(precision + 1));
            }
            case LIST -> CellType.list(type(random, depth - 1));
            case MAP -> CellType.map(type(random, depth - 1));
            default -> CellType.plain(kind);
        };
    }

    private static Object value(CellType type, Random random) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INT, DATE -> random.nextInt(8) == 0 ? Integer.MIN_VALUE : random.nextInt() >> random.nextInt(32);
            case FLOAT ->
                pick(random, (float) random.nextGaussian(), Float.NaN, -0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
            case DOUBLE ->
                pick(random, random.nextGaussian(), Double.NaN, -0.0, Double.MAX_VALUE, Double.POSITIVE_INFINITY);
            case DECIMAL -> {
                BigInteger limit = BigInteger.TEN.pow(type.precision());
                BigInteger digits = new BigInteger(130, random).mod(limit);
                yield new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale());
            }
            case STRING -> TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? "" : random.nextInt(9));
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(9)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case LIST -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random.nextInt(4) == 0 ? null : value(type.element(), random));
                }
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(
                            TEXTS[random.nextInt(TEXTS.length)],
                            random.nextInt(4) == 0 ? null : value(type.element(), random));
                }
                yield map;
            }
            default -> random.nextInt(8) == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
        };
    }

    private static Object pick(Random random, Object usual, Object... edges) {
        return random.nextInt(3) == 0 ? edges[random.nextInt(edges.length)] : usual;
    }

    /** The rows as lists that compare by value, byte arrays too. */
    List<List<@Nullable Object>> comparable() {
        return rows.stream().map(RandomTable::comparable).toList();
    }

    static List<@Nullable Object> comparable(@Nullable Object[] row) {
        return Arrays.stream(row)
                .map(cell -> cell instanceof byte[] bytes ? Arrays.toString(bytes) : nested(cell))
                .toList();
    }

    private static @Nullable Object nested(@Nullable Object cell) {
        if (cell instanceof List<?> list) {
            return comparable(list.toArray());
        }
        if (cell instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new HashMap<>();
            map.forEach((key, value) -> plain.put(key, comparable(new Object[] {value})));
            return plain;
        }
        return cell;
    }
}
