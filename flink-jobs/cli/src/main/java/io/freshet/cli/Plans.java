/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.change.Consent;
import io.freshet.change.Danger;
import io.freshet.change.ViewDiff;
import io.freshet.cli.cluster.Deployed;
import io.freshet.cli.plan.JobPlan;
import io.freshet.cli.plan.KafkaTopics;
import io.freshet.cli.plan.TopicPlan;
import io.freshet.cli.plan.TopicPlans;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes plans: the one place that decides what a deployment changes, and whether it is safe. */
final class Plans {

    private Plans() {}

    /**
     * What would change.
     *
     * @param settings where Kafka is, and the namespace
     * @param running what runs; empty where nothing does
     * @param views the views that are to run
     * @param wanted the settings that are to count; its views are not looked at
     * @param given what was agreed to: who takes topics as they are needs no Kafka that answers here
     */
    static JobPlan of(
            Settings settings, Optional<Deployed> running, List<ViewText> views, Bundle wanted, Set<Consent> given)
            throws CommandFailedException {
        List<ViewPlan> plans = plans(views);
        List<ViewPlan> before = running.map(job -> plans(job.bundle().views())).orElse(List.of());
        boolean settingsChange = running.isPresent()
                && !(running.get().bundle().settings().equals(wanted.settings())
                        && running.get().bundle().flags().equals(wanted.flags()));
        return new JobPlan(
                settings.config().namespace(),
                running.map(Deployed::inWords),
                ViewDiff.of(before, plans),
                settingsChange,
                topics(settings, plans, given),
                System.currentTimeMillis());
    }

    private static List<TopicPlan> topics(Settings settings, List<ViewPlan> plans, Set<Consent> given)
            throws CommandFailedException {
        String namespace = settings.config().namespace();
        try {
            return TopicPlans.of(
                    namespace, plans, KafkaTopics.of(settings.kafka(), TopicPlans.names(namespace, plans)));
        } catch (CommandFailedException e) {
            if (given.contains(Consent.TOPICS)) {
                return List.of();
            }
            throw CommandFailedException.failed(
                    e.getMessage() + "\n" + Consent.TOPICS.option().orElseThrow() + " goes on without a look at them.");
        }
    }

    /** Views over files are no part of a job that goes on. */
    private static List<ViewPlan> plans(List<ViewText> views) {
        return views.stream()
                .map(ViewText::plan)
                .filter(plan -> !plan.view().isOverFiles())
                .toList();
    }

    /** Refuses what is unsafe and was not agreed to. */
    static void check(JobPlan plan, Set<Consent> given) throws CommandFailedException {
        List<Danger> refused = plan.refused(given);
        if (!refused.isEmpty()) {
            throw CommandFailedException.failed(refused.stream()
                    .map(danger -> "Cannot deploy: " + danger.what()
                            + danger.consent()
                                    .option()
                                    .map(option -> ", or give " + option)
                                    .orElse(""))
                    .collect(Collectors.joining("\n")));
        }
    }
}
