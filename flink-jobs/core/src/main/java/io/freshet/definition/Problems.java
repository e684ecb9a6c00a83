/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one file, so that its author sees all of it at once. */
public final class Problems {

    private final String file;
    private final List<String> lines;
    private final List<Problem> found = new ArrayList<>();

    /**
     * Nothing wrong yet.
     *
     * @param file the file as the author knows it
     * @param text the file's text
     */
    public Problems(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    /** Adds one at the start of a node. */
    public void add(Node node, String message) {
        add(node.getStartMark(), message);
    }

    /** Adds one at a mark, or at the start of the file where the parser knows none. */
    void add(Optional<Mark> mark, String message) {
        add(mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message);
    }

    /**
     * Adds one at a place within a piece of the author's text, or at its start where the file does not have the text as
     * it reads: escapes and folded lines move what follows them.
     */
    public void add(FeatureView.Text text, int offset, String message) {
        String[] before =
                text.text().substring(0, Math.min(offset, text.text().length())).split("\n", -1);
        int last = before.length - 1;
        if (standsInFile(text, before)) {
            add(text.line() + last, text.column() + before[last].length(), message);
        } else {
            add(text.line(), text.column(), message);
        }
    }

    private boolean standsInFile(FeatureView.Text text, String[] parts) {
        int indentation = text.column() - 1;
        for (int i = 0; i < parts.length; i++) {
            String line = line(text.line() + i);
            boolean last = i == parts.length - 1;
            boolean blank = parts[i].isEmpty() && line.isBlank();
            boolean same = line.startsWith(parts[i], indentation)
                    && (last || line.length() == indentation + parts[i].length());
            if (!blank && !same) {
                return false;
            }
        }
        return true;
    }

    /** The column, from 1, at which a text begins of whose first line that is not blank this is the line or above it. */
    int blockColumn(String text, int line) {
        String first = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
        String inFile = lines.stream()
                .skip(line - 1L)
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("");
        return Math.max(0, indentation(inFile) - indentation(first)) + 1;
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    private String line(int number) {
        return number <= lines.size() ? lines.get(number - 1) : "";
    }

    private void add(int line, int column, String message) {
        found.add(new Problem(file, line, column, message, line(line)));
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    int size() {
        return found.size();
    }

    /** What is wrong, in order of place. */
    public List<Problem> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /** Throws if anything is wrong. */
    public void check() throws DefinitionException {
        if (!found.isEmpty()) {
            throw new DefinitionException(sorted());
        }
    }
}
