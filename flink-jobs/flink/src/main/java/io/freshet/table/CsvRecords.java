/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes fields from the parser: those of the header first, then those that are wanted. It is its own record, the latest. */
final class CsvRecords extends AbstractBaseCsvCallbackHandler<CsvRecords> {

    private final List<String> header = new ArrayList<>();
    private int[] cellOfField = {};
    private int size;
    private boolean inHeader = true;

    private @Nullable Object[] cells = {};
    private int fields;
    private boolean blank;
    private long line;

    /** From now on only the cells that are wanted. */
    void readCells(int[] cellOfField, int size) {
        this.cellOfField = cellOfField;
        this.size = size;
        inHeader = false;
    }

    List<String> header() {
        return List.copyOf(header);
    }

    /** The cells of the latest record. */
    @Nullable
    Object[] cells() {
        return cells;
    }

    /** How many fields the latest record has. */
    int fields() {
        return fields;
    }

    int expectedFields() {
        return cellOfField.length;
    }

    /** Whether the latest record is a line with nothing in it. */
    boolean isBlank() {
        return blank;
    }

    /** Line of the file where the latest record begins, from 1; 0 before the first. */
    long line() {
        return inHeader ? Math.max(0, line) : line;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        fields = 0;
        blank = false;
        cells = new Object[size];
    }

    @Override
    protected void handleField(int field, char[] text, int offset, int length, boolean quoted) {
        fields = field + 1;
        if (inHeader) {
            header.add(new String(text, offset, length));
        } else if (field < cellOfField.length && cellOfField[field] >= 0) {
            cells[cellOfField[field]] = length == 0 && !quoted ? null : new String(text, offset, length);
        }
    }

    @Override
    protected void handleEmpty() {
        blank = true;
        fields = 1;
    }

    @Override
    protected CsvRecords buildRecord() {
        return this;
    }
}
