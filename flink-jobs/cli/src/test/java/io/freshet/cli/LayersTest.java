/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String[] CORE = {
        "io.freshet.expression..",
        "io.freshet.function..",
        "io.freshet.definition..",
        "io.freshet.change..",
        "io.freshet.event..",
        "io.freshet.window..",
        "io.freshet.row..",
        "io.freshet.reading..",
        "io.freshet.metrics..",
        "io.freshet.config..",
        "io.freshet.oracle..",
        "io.freshet.drift.."
    };

    @ArchTest
    static final ArchRule data_flows_one_way = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("expression")
            .definedBy("io.freshet.expression..")
            .layer("function")
            .definedBy("io.freshet.function..")
            .layer("definition")
            .definedBy("io.freshet.definition..")
            .layer("change")
            .definedBy("io.freshet.change..")
            .layer("metrics")
            .definedBy("io.freshet.metrics..")
            .layer("config")
            .definedBy("io.freshet.config..")
            .layer("event")
            .definedBy("io.freshet.event..")
            .layer("row")
            .definedBy("io.freshet.row..")
            .layer("reading")
            .definedBy("io.freshet.reading..")
            .layer("window")
            .definedBy("io.freshet.window..")
            .layer("oracle")
            .definedBy("io.freshet.oracle..")
            .layer("client")
            .definedBy("io.freshet.client..")
            .layer("server")
            .definedBy("io.freshet.server..")
            .layer("console")
            .definedBy("io.freshet.console..")
            .layer("monitoring")
            .definedBy("io.freshet.monitoring..")
            .layer("operator")
            .definedBy("io.freshet.operator..")
            .layer("sink")
            .definedBy("io.freshet.sink..")
            .layer("source")
            .definedBy("io.freshet.source..")
            .layer("registry")
            .definedBy("io.freshet.registry..")
            .layer("history")
            .definedBy("io.freshet.history..")
            .optionalLayer("table")
            .definedBy("io.freshet.table..")
            .optionalLayer("archive")
            .definedBy("io.freshet.archive..")
            .optionalLayer("training")
            .definedBy("io.freshet.training..")
            .optionalLayer("restore")
            .definedBy("io.freshet.restore..")
            .optionalLayer("backfill")
            .definedBy("io.freshet.backfill..")
            .optionalLayer("verify")
            .definedBy("io.freshet.verify..")
            .layer("eventfile")
            .definedBy("io.freshet.eventfile..")
            .layer("batch")
            .definedBy("io.freshet.batch..")
            .layer("drift")
            .definedBy("io.freshet.drift..")
            .layer("job")
            .definedBy("io.freshet.job..")
            .layer("rest")
            .definedBy("io.freshet.rest..")
            .layer("local")
            .definedBy("io.freshet.local..")
            .layer("example")
            .definedBy("io.freshet.example..")
            .layer("cli")
            .definedBy("io.freshet.cli..")
            .whereLayer("expression")
            .mayNotAccessAnyLayer()
            .whereLayer("metrics")
            .mayNotAccessAnyLayer()
            .whereLayer("function")
            .mayOnlyAccessLayers("expression")
            .whereLayer("definition")
            .mayOnlyAccessLayers("expression", "function")
            .whereLayer("change")
            .mayOnlyAccessLayers("definition", "expression")
            .whereLayer("config")
            .mayOnlyAccessLayers("definition", "expression")
            .whereLayer("event")
            .mayOnlyAccessLayers("definition", "expression", "function", "metrics", "row")
            .whereLayer("row")
            .mayOnlyAccessLayers("definition", "expression", "metrics")
            .whereLayer("reading")
            .mayOnlyAccessLayers("definition", "expression", "function", "metrics", "row")
            .whereLayer("window")
            .mayOnlyAccessLayers("definition", "expression", "function", "event", "metrics", "row")
            .whereLayer("oracle")
            .mayOnlyAccessLayers("definition", "expression", "function", "event")
            .whereLayer("client")
            .mayOnlyAccessLayers("definition", "expression", "function", "metrics", "reading", "row")
            .whereLayer("server")
            .mayOnlyAccessLayers(
                    "config", "definition", "expression", "function", "metrics", "reading", "row", "client")
            .whereLayer("console")
            .mayOnlyAccessLayers("server")
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("monitoring")
            .mayOnlyAccessLayers("event", "metrics")
            .whereLayer("operator")
            .mayOnlyAccessLayers(
                    "definition", "expression", "function", "event", "metrics", "row", "window", "monitoring")
            .whereLayer("sink")
            .mayOnlyAccessLayers("config", "definition", "event", "row", "monitoring", "operator")
            .whereLayer("source")
            .mayOnlyAccessLayers(
                    "config", "definition", "event", "function", "monitoring", "operator", "history", "registry")
            .whereLayer("registry")
            .mayOnlyAccessLayers("config", "definition", "event", "metrics")
            .whereLayer("history")
            .mayOnlyAccessLayers("definition", "function", "row", "operator", "sink")
            .whereLayer("table")
            .mayOnlyAccessLayers("expression")
            .whereLayer("archive")
            .mayOnlyAccessLayers("config", "definition", "row", "operator", "sink", "history", "table", "job")
            .whereLayer("training")
            .mayOnlyAccessLayers(
                    "config",
                    "definition",
                    "expression",
                    "function",
                    "metrics",
                    "reading",
                    "row",
                    "operator",
                    "sink",
                    "history",
                    "table",
                    "archive",
                    "job")
            .whereLayer("restore")
            .mayOnlyAccessLayers(
                    "config", "definition", "row", "operator", "sink", "history", "table", "archive", "job")
            .whereLayer("drift")
            .mayOnlyAccessLayers("definition", "expression", "function", "row", "table")
            .whereLayer("job")
            .mayOnlyAccessLayers(
                    "config",
                    "definition",
                    "event",
                    "metrics",
                    "row",
                    "operator",
                    "sink",
                    "source",
                    "history",
                    "registry")
            .whereLayer("backfill")
            .mayOnlyAccessLayers(
                    "config",
                    "definition",
                    "expression",
                    "function",
                    "event",
                    "metrics",
                    "row",
                    "window",
                    "monitoring",
                    "operator",
                    "sink",
                    "source",
                    "history",
                    "table",
                    "eventfile",
                    "job")
            .whereLayer("eventfile")
            .mayOnlyAccessLayers("event", "table")
            .whereLayer("batch")
            .mayOnlyAccessLayers(
                    "config",
                    "definition",
                    "function",
                    "event",
                    "metrics",
                    "row",
                    "window",
                    "monitoring",
                    "operator",
                    "sink",
                    "source",
                    "history",
                    "table",
                    "eventfile",
                    "job")
            .whereLayer("verify")
            .mayOnlyAccessLayers(
                    "config",
                    "definition",
                    "expression",
                    "function",
                    "event",
                    "metrics",
                    "row",
                    "window",
                    "oracle",
                    "operator",
                    "sink",
                    "source",
                    "history",
                    "registry",
                    "job")
            .whereLayer("rest")
            .mayNotAccessAnyLayer()
            .whereLayer("local")
            .mayOnlyAccessLayers("job", "rest")
            .whereLayer("example")
            .mayNotAccessAnyLayer()
            .whereLayer("example")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule only_the_shell_sees_flink = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.freshet.operator..",
                    "io.freshet.sink..",
                    "io.freshet.source..",
                    "io.freshet.job..",
                    "io.freshet.history..",
                    "io.freshet.table..",
                    "io.freshet.archive..",
                    "io.freshet.training..",
                    "io.freshet.restore..",
                    "io.freshet.backfill..",
                    "io.freshet.eventfile..",
                    "io.freshet.batch..",
                    "io.freshet.verify..",
                    "io.freshet.monitoring..",
                    "io.freshet.local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule only_the_example_sees_the_classifier = noClasses()
            .that()
            .resideOutsideOfPackage("io.freshet.example.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tribuo..");

    @ArchTest
    static final ArchRule the_core_never_reads_the_wall_clock = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.freshet.(*)..").should().beFreeOfCycles();
}
