/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.util.Iterator;
import java.util.List;

/**
 * What a shell offers where a command takes the name of a view. Names are not known when the script of completion is made:
 * a word stands for them in what picocli generates, in whose place the script then looks them up.
 */
final class ViewNames implements Iterable<String> {

    private static final String PLACEHOLDER = "@views@";
    private static final String LOOKED_UP =
            "$(sed -n 's/^view: *\\([a-z0-9_]*\\).*/\\1/p' views/*.yaml views/*.yml 2>/dev/null)";

    @Override
    public Iterator<String> iterator() {
        return List.of(PLACEHOLDER).iterator();
    }

    /** The script, with names looked up when it is asked. */
    static String completed(String script) {
        return script.replace("\"" + PLACEHOLDER + "\"", LOOKED_UP);
    }
}
