/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Layout;
import io.freshet.definition.ViewPlan;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user of Redis' access control must be allowed, and no more. Users must have been given nothing else: {@code
 * ACL SETUSER name on >password resetchannels -@all} and then {@link #rules}.
 *
 * @param commands that it runs, as rules: {@code +get +hmget}
 * @param keys that it runs them on, as rules: {@code ~shop:activity:*}
 */
public record OnlineRights(String commands, String keys) {

    /** Of a job or command that writes the rows of a view. What the script calls is its user's to call, too. */
    public static OnlineRights toWrite(String namespace, ViewPlan plan) {
        String view = plan.view().name();
        Layout layout = plan.view().online().layout();
        String script = switch (layout) {
            case HASH -> "+hmget +getrange +del +hset +pexpire";
            case COMPACT -> "+hmget +getrange +hset";
            case FEAST -> "+hget +hset +pttl +pexpire +persist";
        };
        String schemas = layout == Layout.HASH ? "" : "~" + OnlineKeys.schemas(namespace, view);
        return new OnlineRights(
                "+eval +evalsha +set " + script,
                Stream.of("~" + rows(namespace, plan), "~" + OnlineKeys.watermark(namespace, view), schemas)
                        .filter(rule -> !rule.isEmpty())
                        .collect(Collectors.joining(" ")));
    }

    /** Of whoever reads rows of any view of a namespace. */
    public static OnlineRights toRead(String namespace) {
        return new OnlineRights(
                "+get +hget +hmget +hvals",
                "%R~" + namespace + ":* (views of layout feast: %R~*" + namespace + ", too)");
    }

    /** Pattern of the keys that rows of a view have; those of Feast end in the namespace, behind a binary entity key. */
    public static String rows(String namespace, ViewPlan plan) {
        return plan.view().online().layout() == Layout.FEAST
                ? "*" + namespace
                : OnlineKeys.rowPrefix(namespace, plan.view().name()) + "*";
    }

    /** As {@code ACL SETUSER} takes them. */
    public String rules() {
        return commands + " " + keys;
    }
}
