/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.change.Consent;
import io.freshet.cli.cluster.Deployed;
import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.cluster.JobJar;
import io.freshet.cli.cluster.Replacement;
import io.freshet.cli.plan.JobPlan;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Views, settings and code of now in the place of a job that runs: shown, refused where it is unsafe, then by a savepoint.
 *
 * @param settings the settings
 * @param options how they were given
 * @param job how long it may take, and how it is told
 * @param consents what was agreed to
 */
record JobChange(Settings settings, SettingsOptions options, JobOptions job, ConsentOptions consents) {

    /** Changes the job. */
    void make(Deployment deployment, FlinkRest flink, JobSummary running, List<ViewText> views)
            throws CommandFailedException, DefinitionException, FlinkRestException, IOException, InterruptedException {
        String namespace = settings.config().namespace();
        Optional<Bundle> old = deployment.bundle(running);
        if (old.isEmpty() && !consents.given().contains(Consent.NEW_MEANING)) {
            throw CommandFailedException.failed("Cannot tell what job " + running.id()
                    + " computes, so not what would change: it was not started by 'freshet deploy'. "
                    + Consent.NEW_MEANING.option().orElseThrow() + " changes it all the same.");
        }
        Optional<String> oldJar = old.isPresent() ? deployment.jar(old.get()) : Optional.empty();
        String start = old.map(Bundle::start).orElse("earliest");
        try (JobJar packed = new Bundles(options.source(), options.environment()).pack(namespace, views, start)) {
            if (old.isPresent() && old.get().id().equals(packed.bundle().id())) {
                job.tell("nothing has changed, in views, settings or code: job " + running.id() + " goes on");
                job.print(
                        Map.entry("job", running.id()),
                        Map.entry("flink", flink.address() + "/#/job/running/" + running.id()));
                return;
            }
            JobPlan plan = Plans.of(
                    settings,
                    old.map(bundle -> new Deployed(running, bundle)),
                    views,
                    packed.bundle(),
                    consents.given());
            job.show(plan, consents.given());
            Plans.check(plan, consents.given());
            String jar = deployment.upload(packed);
            job.tell("trying out");
            flink.tryOut(jar, List.of());
            Replacement.Done done = new Replacement(flink, deployment, Optional.empty(), job.limit())
                    .replace(running, oldJar, jar, List.of(), consents.dropsState());
            deployment.deleteJarsBut(jar, oldJar);
            job.print(
                    Map.entry("savepoint", done.savepoint()),
                    Map.entry("job", done.job()),
                    Map.entry("flink", flink.address() + "/#/job/running/" + done.job()));
        }
    }
}
