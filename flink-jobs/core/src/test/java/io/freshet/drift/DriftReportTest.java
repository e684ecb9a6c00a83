/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.definition.DriftLimits;
import io.freshet.drift.ColumnDrift.Status;
import io.freshet.expression.ValueType;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftReportTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Rows of a busy site: shift moves the numbers, days the time. */
    private static Profile visits(int rows, long seed, double shift, long days) {
        return visits(new Profile(Visits.plan()), rows, seed, shift, days);
    }

    private static Profile visits(Profile profile, int rows, long seed, double shift, long days) {
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            long asOf = days * DAY + i;
            @Nullable Object seconds = random.nextInt(10) == 0 ? null : Math.exp(random.nextGaussian() + shift);
            profile.add(
                    Visits.values(
                            (long) (-10 * Math.log(random.nextDouble())),
                            seconds,
                            random.nextInt(3) == 0 ? "home" : "page " + random.nextInt(5000),
                            asOf - random.nextInt(3_600_000),
                            Collections.nCopies(random.nextInt(9), "p")),
                    asOf,
                    null);
        }
        return profile;
    }

    private static ColumnDrift column(DriftReport report, String name) {
        return report.columns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double value(DriftReport report, String column, Measure.Name name) {
        return column(report, column).measure(name).orElseThrow().value();
    }

    @Test
    void aPlantedShiftIsFoundWhereItIsAndNowhereElse() {
        DriftReport report =
                DriftReport.compare(visits(5_000, 1, 0, 0), visits(3_000, 2, 0.7, 30), DriftLimits.DEFAULT);
        assertThat(report.isDrift()).isTrue();
        assertThat(report.of(Status.DRIFT)).extracting(ColumnDrift::name).containsExactly("x_1h");
        assertThat(report.columns().get(0).name()).isEqualTo("x_1h");
        assertThat(report.of(Status.OK)).hasSize(4);
        // Of normal logarithms of deviation 1, moved by d: KS is 2 * Phi(d / 2) - 1, the divergences of both sum to
        // d^2.
        assertThat(value(report, "x_1h", Measure.Name.KS)).isCloseTo(0.2737, within(0.03));
        assertThat(value(report, "x_1h", Measure.Name.PSI)).isCloseTo(0.49, within(0.08));
    }

    @Test
    void psiOverTenthsIsThatOfTheSortedSample() {
        Random random = new Random(9);
        for (double shift : new double[] {0, 0.2, 1, -2}) {
            double[] before = random.doubles(4_000).map(u -> 10 / (u + 0.01)).toArray();
            double[] after =
                    random.doubles(3_000).map(u -> 10 / (u + 0.01) + shift).toArray();
            ColumnProfile one = new ColumnProfile("x", ValueType.DOUBLE);
            ColumnProfile other = new ColumnProfile("x", ValueType.DOUBLE);
            Arrays.stream(before).forEach(value -> one.add(value, 0));
            Arrays.stream(after).forEach(value -> other.add(value, 0));
            Measure psi = ColumnDrift.of(one, other, Optional.empty(), DriftLimits.Limits.DEFAULT)
                    .measure(Measure.Name.PSI)
                    .orElseThrow();
            // Where few values are left in a tenth, the logarithm feels that its bound is known to 0.1 % only.
            double exact = plainPsi(before, after);
            assertThat(psi.value()).isCloseTo(exact, within(0.002 + exact / 10));
        }
    }

    /** Ten bins of the sorted baseline, each value looked at alone. */
    private static double plainPsi(double[] baseline, double[] against) {
        double[] sorted = baseline.clone();
        Arrays.sort(sorted);
        double psi = 0;
        for (int tenth = 0; tenth < 10; tenth++) {
            double low = tenth == 0 ? Double.NEGATIVE_INFINITY : sorted[sorted.length * tenth / 10 - 1];
            double high = tenth == 9 ? Double.POSITIVE_INFINITY : sorted[sorted.length * (tenth + 1) / 10 - 1];
            double b = Arrays.stream(baseline).filter(x -> x > low && x <= high).count() / (double) baseline.length;
            double a = Arrays.stream(against).filter(x -> x > low && x <= high).count() / (double) against.length;
            psi += (a - b) * Math.log(a / b);
        }
        return psi;
    }

    @Test
    void samplesOfOneDistributionDoNotDriftHoweverFewTheyAre() {
        int alarms = 0;
        int few = 0;
        for (int seed = 0; seed < 200; seed++) {
            int rows = seed % 2 == 0 ? 40 : 400;
            DriftReport report = DriftReport.compare(
                    visits(rows, 1000 + seed, 0, 0), visits(rows + 20, 5000 + seed, 0, 1), DriftLimits.DEFAULT);
            alarms += report.of(Status.DRIFT).size();
            few += report.of(Status.CHANCE).size();
        }
        // A thousand columns, four measures each, of which chance crosses one in a thousand.
        assertThat(alarms).isLessThanOrEqualTo(8);
        // Without a look at chance, the few rows would have been called drift.
        assertThat(few).isGreaterThan(200);
    }

    @Test
    void partsMergeToWhatTheWholeGives() {
        Profile whole = visits(4_000, 1, 0, 0);
        visits(whole, 4_000, 2, 1, 1);
        Profile merged = visits(4_000, 2, 1, 1);
        merged.merge(visits(4_000, 1, 0, 0));
        assertThat(merged.rows()).isEqualTo(8_000);
        assertThat(merged.earliestMillis()).isZero();
        assertThat(merged.latestMillis()).isEqualTo(DAY + 3_999);
        DriftReport report = DriftReport.compare(whole, merged, DriftLimits.DEFAULT);
        assertThat(report.columns()).allSatisfy(column -> {
            assertThat(column.severity()).isEqualTo(0);
            assertThat(column.against().nulls()).isEqualTo(column.baseline().nulls());
            if (column.baseline().kind() != ColumnProfile.Kind.CATEGORY) {
                double mean = column.baseline().moments().mean();
                assertThat(column.against().moments().mean()).isCloseTo(mean, within(mean * 1e-12));
                assertThat(column.against().moments().stddev())
                        .isCloseTo(column.baseline().moments().stddev(), within(mean * 1e-12));
            }
        });
    }

    @Test
    void momentsAreThoseOfTheSample() {
        ColumnProfile column = visits(3, 1, 0, 0).columns().get(0);
        Moments moments = new Moments();
        for (double value : new double[] {1e9 + 1, 1e9 + 2, 1e9 + 6}) {
            moments.add(value, 0);
        }
        assertThat(moments.mean()).isEqualTo(1e9 + 3);
        assertThat(moments.stddev()).isCloseTo(Math.sqrt(7), within(1e-9));
        assertThat(column.moments().count()).isEqualTo(3);
    }

    @Test
    void nullsThatBecomeMoreAreDriftThoughTheOtherValuesAreAsBefore() {
        Profile before = new Profile(Visits.plan());
        Profile after = new Profile(Visits.plan());
        for (int i = 0; i < 1000; i++) {
            before.add(Visits.values((long) i % 7), 0, null);
            after.add(Visits.values(i % 5 == 0 ? null : (long) i % 7), 0, null);
        }
        DriftReport report = DriftReport.compare(before, after, DriftLimits.DEFAULT);
        assertThat(value(report, "n_1h", Measure.Name.NULLS)).isCloseTo(0.2, within(1e-12));
        assertThat(value(report, "n_1h", Measure.Name.PSI)).isLessThan(0.01);
        assertThat(report.of(Status.DRIFT)).extracting(ColumnDrift::name).containsExactly("n_1h");
        assertThat(value(report, "x_1h", Measure.Name.PSI)).isNaN();
    }

    @Test
    void aConstantThatBecomesAnotherIsDrift() {
        Profile before = new Profile(Visits.plan());
        Profile after = new Profile(Visits.plan());
        for (int i = 0; i < 100; i++) {
            before.add(Visits.values(5L, 1.5, "a"), 0, null);
            after.add(Visits.values(6L, 1.5, "b"), 0, null);
        }
        DriftReport report = DriftReport.compare(before, after, DriftLimits.DEFAULT);
        assertThat(report.of(Status.DRIFT)).extracting(ColumnDrift::name).containsExactly("n_1h", "t_1h");
        assertThat(value(report, "t_1h", Measure.Name.JS)).isCloseTo(1, within(1e-12));
        assertThat(column(report, "t_1h").measure(Measure.Name.KS)).isEmpty();
    }

    @Test
    void warmingValuesAreLeftOutAndCounted() {
        Profile before = new Profile(Visits.plan());
        Profile after = new Profile(Visits.plan());
        for (int i = 0; i < 100; i++) {
            before.add(row(i, List.of(), Visits.values(5L)));
            after.add(row(i, i < 90 ? List.of("n_1h") : List.of("x_1h"), Visits.values(i < 90 ? 0L : 5L)));
        }
        DriftReport report = DriftReport.compare(before, after, DriftLimits.DEFAULT);
        assertThat(report.isDrift()).isFalse();
        ColumnDrift column = column(report, "n_1h");
        assertThat(column.against().warming()).isEqualTo(90);
        assertThat(column.against().rows()).isEqualTo(10);
        assertThat(column.status()).isEqualTo(Status.OK);
        assertThat(report.against().versions()).containsExactly(3);
    }

    @Test
    void aColumnThatIsStillWarmingHasNoData() {
        Profile before = new Profile(Visits.plan());
        Profile after = new Profile(Visits.plan());
        before.add(row(1, List.of("n_1h"), Visits.values(5L)));
        after.add(row(1, List.of(), Visits.values(5L)));
        assertThat(column(DriftReport.compare(before, after, DriftLimits.DEFAULT), "n_1h")
                        .status())
                .isEqualTo(Status.NO_DATA);
    }

    @Test
    void whatIsNotFiniteIsCountedAndHasNoPlaceInTheDistribution() {
        Profile profile = new Profile(Visits.plan());
        profile.add(Visits.values(1L, Double.NaN), 0, null);
        profile.add(Visits.values(1L, Double.POSITIVE_INFINITY), 0, null);
        profile.add(Visits.values(1L, 2.0), 0, null);
        ColumnProfile column = profile.columns().get(1);
        assertThat(column.notFinite()).isEqualTo(2);
        assertThat(column.values()).isEqualTo(1);
        assertThat(column.rows()).isEqualTo(3);
    }

    @Test
    void aViewsLimitsDecide() {
        Profile before = visits(2_000, 1, 0, 0);
        Profile after = visits(2_000, 2, 0.7, 1);
        DriftLimits.Limits none = new DriftLimits.Limits(Double.POSITIVE_INFINITY, 1, 1, 1, 2);
        DriftReport report =
                DriftReport.compare(before, after, new DriftLimits(DriftLimits.Limits.DEFAULT, Map.of("x_1h", none)));
        assertThat(report.isDrift()).isFalse();
        assertThat(column(report, "x_1h").severity()).isLessThan(1);
    }

    private static HistoryRow row(long asOf, List<String> warming, List<@Nullable Object> values) {
        return new HistoryRow("Ann", asOf, asOf, asOf, 3, RowOrigin.LIVE, FeatureRow.NO_EVENT, warming, values);
    }
}
