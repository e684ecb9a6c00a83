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

    /** Adds one at a place within a piece of the author's text. */
    public void add(FeatureView.Text text, int offset, String message) {
        String before = text.text().substring(0, Math.min(offset, text.text().length()));
        int newlines = (int) before.chars().filter(c -> c == '\n').count();
        int column = newlines == 0 ? text.column() + before.length() : before.length() - before.lastIndexOf('\n');
        add(text.line() + newlines, column, message);
    }

    private void add(int line, int column, String message) {
        String lineText = line <= lines.size() ? lines.get(line - 1) : "";
        found.add(new Problem(file, line, column, message, lineText));
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
