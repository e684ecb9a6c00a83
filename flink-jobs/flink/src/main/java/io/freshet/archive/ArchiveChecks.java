/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;

/** Whether a run may go on with an archive. */
final class ArchiveChecks {

    private ArchiveChecks() {}

    /** Refuses an archive of another view, of another deployment, or of a topic that is no more. */
    static void sameHistory(Path root, Manifest last, String namespace, String view, String topicId)
            throws ArchiveException {
        if (!last.view().equals(view) || !last.namespace().equals(namespace)) {
            throw new ArchiveException("Cannot archive view '" + view + "' of namespace '" + namespace + "' in '" + root
                    + "': it holds view '" + last.view() + "' of namespace '" + last.namespace()
                    + "'; choose another folder");
        }
        if (!last.topicId().equals(topicId)) {
            throw new ArchiveException("Cannot go on with the archive '" + root + "': topic '" + last.topic()
                    + "' was deleted and made anew since the last run; choose another folder, or move this one away");
        }
    }

    /**
     * All columns that the archive has after the run: a view may gain and lose columns.
     *
     * @throws ArchiveException if a column has another type than in the archive
     */
    static List<Manifest.NamedType> columns(
            Path root, List<Manifest.NamedType> archived, List<Manifest.NamedType> defined) throws ArchiveException {
        Map<String, Manifest.NamedType> all = new LinkedHashMap<>();
        defined.forEach(column -> all.put(column.name(), column));
        for (Manifest.NamedType column : archived) {
            Manifest.NamedType now = all.putIfAbsent(column.name(), column);
            if (now != null && !now.type().equals(column.type())) {
                throw new ArchiveException("Cannot go on with the archive '" + root + "': its column '" + column.name()
                        + "' is " + column.type() + ", the view's is " + now.type()
                        + "; give the feature another name, or choose another folder");
            }
        }
        return List.copyOf(all.values());
    }
}
