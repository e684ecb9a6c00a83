/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Find the bots that do not say they are bots: one classifier is trained on three training sets for the same edits, and
 * each of the three models is asked about the last eight hours of the day with what was served then.
 */
public final class BotStory {

    /** Edits before it are trained on, those from it on are asked about. */
    public static final long SERVED_FROM = Instant.parse("2015-09-12T16:00:00Z").toEpochMilli();

    private static final long HELD_OUT_FROM =
            Instant.parse("2015-09-12T13:00:00Z").toEpochMilli();
    private static final double HELD_OUT_SHARE = 0.25;
    private static final long SEED = 16;
    private static final String VIETNAMESE = "#vi.wikipedia";

    private final List<Edit> edits;
    private final List<Example> served;
    private final int trained;
    private final Set<String> known = new HashSet<>();

    private BotStory(List<Edit> edits, List<Example> served) {
        this.edits = edits;
        this.served = served;
        trained = (int)
                edits.stream().filter(edit -> edit.timeMillis() < SERVED_FROM).count();
        edits.subList(0, trained).forEach(edit -> known.add(edit.user()));
    }

    /**
     * Trains and asks.
     *
     * @param edits the day, in order of time
     * @param served to each edit what was served at its time
     * @param latest to each edit before {@link #SERVED_FROM} what was the latest then
     */
    public static List<Outcome> tell(List<Edit> edits, List<Example> served, List<Example> latest) {
        BotStory story = new BotStory(edits, served);
        List<Outcome> outcomes = new ArrayList<>();
        for (Outcome.Split split : Outcome.Split.values()) {
            IntPredicate heldOut = story.heldOut(split);
            outcomes.add(story.outcome(Outcome.Set.LATEST_VALUES, split, latest, heldOut));
            outcomes.add(story.outcome(
                    Outcome.Set.CALENDAR, split, CalendarFeatures.of(edits.subList(0, story.trained)), heldOut));
            outcomes.add(story.outcome(Outcome.Set.SERVED, split, served.subList(0, story.trained), heldOut));
        }
        return outcomes;
    }

    /** The same rows for all three sets. */
    private IntPredicate heldOut(Outcome.Split split) {
        return switch (split) {
            case BY_TIME -> i -> edits.get(i).timeMillis() >= HELD_OUT_FROM;
            case AT_RANDOM -> {
                Random random = new Random(SEED);
                List<Boolean> drawn = IntStream.range(0, trained)
                        .mapToObj(i -> random.nextDouble() < HELD_OUT_SHARE)
                        .toList();
                yield drawn::get;
            }
        };
    }

    private Outcome outcome(Outcome.Set set, Outcome.Split split, List<Example> examples, IntPredicate heldOut) {
        Forest forest = Forest.train(choose(examples, heldOut.negate()));
        List<Example> promised = choose(examples, heldOut);
        List<Example> asked = served.subList(trained, served.size());
        double[] scores = forest.scores(asked);
        return new Outcome(
                set,
                split,
                Quality.of(
                        forest.scores(promised),
                        promised.stream().map(Example::robot).toList()),
                quality(scores, asked, i -> true),
                quality(
                        scores,
                        asked,
                        i -> !known.contains(edits.get(trained + i).user())),
                quality(scores, asked, i -> !edits.get(trained + i).channel().equals(VIETNAMESE)));
    }

    private List<Example> choose(List<Example> examples, IntPredicate wanted) {
        return IntStream.range(0, trained)
                .filter(wanted)
                .mapToObj(examples::get)
                .toList();
    }

    private static Quality quality(double[] scores, List<Example> examples, IntPredicate wanted) {
        int[] chosen = IntStream.range(0, scores.length).filter(wanted).toArray();
        return Quality.of(
                IntStream.of(chosen).mapToDouble(i -> scores[i]).toArray(),
                IntStream.of(chosen).mapToObj(i -> examples.get(i).robot()).toList());
    }
}
