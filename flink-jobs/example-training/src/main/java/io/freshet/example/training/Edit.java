/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

/**
 * An edit of a Wikipedia page.
 *
 * @param timeMillis when, ms since 1970 UTC
 * @param user who
 * @param channel which Wikipedia
 * @param page title of the page
 * @param main whether the page is an article
 * @param minor whether its editor marked it as minor
 * @param delta change of the page's length, in characters
 * @param added characters added
 * @param deleted characters deleted
 * @param robot whether the account is flagged as a bot: the label, never a feature
 */
public record Edit(
        long timeMillis,
        String user,
        String channel,
        String page,
        boolean main,
        boolean minor,
        int delta,
        int added,
        int deleted,
        boolean robot) {}
