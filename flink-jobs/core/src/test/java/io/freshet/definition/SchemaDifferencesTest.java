/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDifferencesTest {

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse(("{'type': 'record', 'name': 'Order', 'fields': [" + fields + "]}").replace('\'', '"'));
    }

    private static Schema of(String type) {
        return record("{'name': 'f', 'type': " + (type.matches("[a-z]+") ? "'" + type + "'" : type) + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "int; double",
                "string; bytes",
                "{'type': 'long', 'logicalType': 'timestamp-millis'}; long",
                "long; {'type': 'long', 'logicalType': 'timestamp-micros'}",
                "bytes; {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}",
                "{'type': 'array', 'items': 'int'}; {'type': 'array', 'items': ['null', 'long']}",
                "['null', 'int']; ['double', 'null']",
                "['null', 'Order']; ['null', 'Order']",
            })
    void whatAvroResolvesDiffersInNothing(String written, String read) {
        SchemaDifferences differences = SchemaDifferences.between(of(written), of(read));

        assertThat(differences.ofAllEvents()).isEmpty();
        assertThat(differences.ofSomeEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "long; int; field 'f' was written as long and is read as int",
                "long; ['null', 'string']; field 'f' was written as long and is read as null or string",
                "{'type': 'map', 'values': 'string'}; {'type': 'map', 'values': 'int'};"
                        + " field 'f[]' was written as string and is read as int",
                "['null', {'type': 'long', 'logicalType': 'timestamp-micros'}];"
                        + " ['null', {'type': 'long', 'logicalType': 'timestamp-millis'}];"
                        + " field 'f' was written as timestamp-micros and is read as timestamp-millis",
                "string; {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2};"
                        + " field 'f' was written as string and is read as decimal(4, 2)",
                "{'type': 'fixed', 'name': 'X', 'size': 4}; {'type': 'fixed', 'name': 'X', 'size': 8};"
                        + " field 'f' was written as fixed 'X' of 4 bytes and is read as fixed 'X' of 8 bytes",
                "{'type': 'record', 'name': 'A', 'fields': []}; {'type': 'record', 'name': 'B', 'fields': []};"
                        + " field 'f' was written as record 'A' and is read as 'B' (which may have the other as an alias)",
                "['null', {'type': 'record', 'name': 'A', 'fields': []}];"
                        + " ['null', {'type': 'record', 'name': 'B', 'fields': []}];"
                        + " field 'f' was written as record 'A' and is read as 'B' (which may have the other as an alias)",
                "{'type': 'record', 'name': 'A', 'fields': []};"
                        + " {'type': 'record', 'name': 'A', 'fields': [{'name': 'g', 'type': 'int'}]};"
                        + " field 'f.g' was not written and has no default in the schema that reads it",
            })
    void whatNoEventCanBeReadForIsToldByItsField(String written, String read, String why) {
        assertThat(SchemaDifferences.between(of(written), of(read)).ofAllEvents())
                .contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "['null', 'long']; long; field 'f' was written as null and is read as long",
                "['long', 'string']; ['null', 'long']; field 'f' was written as string and is read as null or long",
                "{'type': 'enum', 'name': 'E', 'symbols': ['A', 'B', 'C']}; {'type': 'enum', 'name': 'E', 'symbols': ['B']};"
                        + " field 'f' may be A or C, which the enum that reads it neither has nor has a default for",
            })
    void whatSomeEventsCannotBeReadForStopsNoOthers(String written, String read, String why) {
        SchemaDifferences differences = SchemaDifferences.between(of(written), of(read));

        assertThat(differences.ofAllEvents()).isEmpty();
        assertThat(differences.ofSomeEvents()).contains(why);
    }

    @Test
    void ofManyDifferencesTheFirstAreTold() {
        Schema reader =
                record("{'name': 'a', 'type': 'int'}, {'name': 'b', 'type': 'int'}, {'name': 'c', 'type': 'int'},"
                        + " {'name': 'd', 'type': 'int'}, {'name': 'e', 'type': 'int'}");

        assertThat(SchemaDifferences.between(record(""), reader).ofAllEvents())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("field 'a' was not written")
                        .contains("field 'c'")
                        .endsWith("; and 2 more")
                        .doesNotContain("field 'd'"));
    }
}
