/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A random forest. The same examples give the same forest. */
final class Forest {

    private static final int TREES = 30;
    private static final int DEPTH = 10;
    private static final float LEAST_IN_LEAF = 5;
    private static final float SHARE_OF_FEATURES = 0.5f;
    private static final long SEED = 20150912;

    private static final LabelFactory LABELS = new LabelFactory();
    private static final Label ROBOT = new Label("robot");
    private static final Label HUMAN = new Label("human");
    private static final String[] NAMES = BotFeatures.NAMES.toArray(String[]::new);

    /** Kept: a logger that nobody holds forgets its level. */
    private static final Logger LOGGER = Logger.getLogger("org.tribuo");

    static {
        // A line for each tree.
        LOGGER.setLevel(Level.WARNING);
    }

    private final Model<Label> model;

    private Forest(Model<Label> model) {
        this.model = model;
    }

    /** Grows a forest on these examples. */
    static Forest train(List<Example> examples) {
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("edits", LABELS), LABELS);
        for (Example example : examples) {
            data.add(example(example));
        }
        CARTClassificationTrainer tree =
                new CARTClassificationTrainer(DEPTH, LEAST_IN_LEAF, 0, SHARE_OF_FEATURES, new GiniIndex(), SEED);
        return new Forest(new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), TREES, SEED).train(data));
    }

    /** To each example how sure the forest is that it is a robot's, from 0 to 1. */
    double[] scores(List<Example> examples) {
        return examples.stream()
                .mapToDouble(example -> requireNonNull(
                                model.predict(example(example))
                                        .getOutputScores()
                                        .get(ROBOT.getLabel()),
                                "score")
                        .getScore())
                .toArray();
    }

    private static ArrayExample<Label> example(Example example) {
        ArrayExample<Label> copy = new ArrayExample<>(example.robot() ? ROBOT : HUMAN);
        for (int i = 0; i < NAMES.length; i++) {
            copy.add(new Feature(NAMES[i], example.features().get(i)));
        }
        return copy;
    }
}
