/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {

    private final RecordReader reader = new RecordReader(Orders.SCHEMA);

    /** As a row of CSV gives it: all text, and the collections as JSON gives them. */
    private final Map<String, @Nullable Object> row = new HashMap<>(Map.ofEntries(
            Map.entry("time", "2015-09-12T00:46:58.771999Z"),
            Map.entry("customer", "ann"),
            Map.entry("items", "3"),
            Map.entry("loyalty", "7"),
            Map.entry("weight", "0.5"),
            Map.entry("discount", ""),
            Map.entry("price", "12.5"),
            Map.entry("tax", "-0.0001"),
            Map.entry("gift", "False"),
            Map.entry("status", "PAID"),
            Map.entry("due", "1969-12-31"),
            Map.entry("place", Map.of("country", "null")),
            Map.entry("tags", List.of("a", "b")),
            Map.entry("blanks", List.of()),
            Map.entry("notes", Map.of("colour", "red")),
            Map.entry("unknown to the schema", "x")));

    @Test
    void aRowOfTextBecomesAnEventOfTheSchema() throws Exception {
        GenericRecord order = reader.read(row);

        assertThat(field(order, "time")).isEqualTo(1_442_018_818_771L);
        assertThat(field(order, "points")).as("by its alias").isEqualTo(7L);
        assertThat(field(order, "price")).isEqualTo(new BigDecimal("12.50"));
        assertThat(field(order, "tax")).isEqualTo(new BigDecimal("-0.0001"));
        assertThat(field(order, "discount")).isNull();
        assertThat(field(order, "place", "country")).isNull();
        assertThat(field(order, "due")).isEqualTo(-86_400_000L);
        assertThat(field(order, "shipped")).as("absent").isNull();
        byte[] bytes = new AvroEncoder(Orders.SCHEMA).encode(order);
        assertThat(new AvroDecoder(Orders.SCHEMA).decode(bytes)).isEqualTo(order);
    }

    @Test
    void valuesOfJsonAreTakenAsTheyAre() throws Exception {
        row.putAll(Map.of("items", 3, "points", 1L << 40, "weight", 0.5, "gift", true, "time", 1_442_018_818_771L));
        row.putAll(Map.of("discount", 1, "place", Map.of("country", "FR"), "due", -1));
        row.put("customer", null);

        GenericRecord order = reader.read(row);

        assertThat(field(order, "points")).as("its own name wins").isEqualTo(1L << 40);
        assertThat(field(order, "time")).isEqualTo(1_442_018_818_771L);
        assertThat(field(order, "discount")).isEqualTo(1.0);
        assertThat(field(order, "place", "country")).isEqualTo("FR");
        assertThat(field(order, "customer")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2015-09-12T00:46:58.771Z, 1442018818771",
        "2015-09-12 00:46:58.771, 1442018818771",
        "2015-09-12T02:46:58.771+02:00, 1442018818771",
        "2015-09-12T00:46:58Z, 1442018818000",
        "2015-09-12T00:46Z, 1442018760000",
        "2015-09-12, 1442016000000",
        "1442018818771, 1442018818771",
        "-1, -1",
        "1969-12-31T23:59:59.9999Z, -1",
    })
    void timestampsAreReadInTheirUsualForms(String text, long millis) throws Exception {
        row.put("time", text);
        row.put("shipped", text);

        assertThat(field(reader.read(row), "time")).isEqualTo(millis);
        assertThat(field(reader.read(row), "shipped")).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "time; soon; found 'soon', expected a timestamp (ISO-8601 or ms since 1970)",
                "items; 2147483648; found '2147483648', expected a whole number of 32 bits",
                "items; 1.5; found '1.5', expected a whole number of 32 bits",
                "points; 1e999999999; found '1e999999999', expected a whole number of 64 bits",
                "gift; yes; found 'yes', expected true or false",
                "status; LOST; found 'LOST', expected one of NEW, PAID",
                "price; 0.001; found '0.001', expected a value of decimal",
                "price; 1e999999999; found '1e999999999', expected a value of decimal",
                "tax; 123456.7891; found '123456.7891', expected a value of decimal",
                "place; Paris; found 'Paris', expected a value of record",
                "tags; a,b; found 'a,b', expected a value of array",
            })
    void whatDoesNotFitIsRefusedByTheNameOfItsField(String field, String value, String problem) {
        row.put(field, value);

        assertThat(refusal()).isEqualTo("Cannot read field '" + field + "': " + problem);
    }

    @Test
    void aValueOfAUnionMayStandInAnObjectThatNamesItsBranch() throws Exception {
        row.put("discount", Map.of("double", 0.5));
        row.put("place", Map.of("shop.Place", Map.of("country", Map.of("string", "FR"))));

        assertThat(field(reader.read(row), "discount")).isEqualTo(0.5);
        assertThat(field(reader.read(row), "place", "country")).isEqualTo("FR");
    }

    @Test
    void anObjectIsNoText() {
        row.put("customer", Map.of("first", "ann"));

        assertThat(refusal()).isEqualTo("Cannot read field 'customer': found '{first=ann}', expected a text");
    }

    @Test
    void aFieldThatMustBeThereIsMissedByName() {
        row.remove("items");
        assertThat(refusal()).isEqualTo("Cannot read field 'items': found none, expected a whole number of 32 bits");
        row.put("items", null);
        assertThat(refusal()).isEqualTo("Cannot read field 'items': found null, expected a whole number of 32 bits");
        row.put("items", 1);
        row.put("parent", Map.of());
        assertThat(refusal()).startsWith("Cannot read field 'parent.items': found none");
    }

    private String refusal() {
        BadEventException refused = catchThrowableOfType(BadEventException.class, () -> reader.read(row));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }

    private static @Nullable Object field(GenericRecord order, String... path) throws BadEventException {
        return FieldReader.of(Orders.SCHEMA, List.of(path)).read(order);
    }
}
