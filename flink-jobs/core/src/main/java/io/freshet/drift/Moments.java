/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

/**
 * Number, means and sums of squared and multiplied distances from the means of pairs (x, y), or of single values. Merged
 * by the formulas of Chan, Golub and LeVeque (1979) and Pébay (2008, SAND2008-6212, equation 3.11), which lose nothing
 * where means are great and distances small. The relative error of a mean is some 1e-15 where signs do not cancel.
 */
public final class Moments {

    private long count;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    void add(double x, double y) {
        step(1, x, y);
    }

    void merge(Moments other) {
        if (other.count != 0) {
            step(other.count, other.meanX, other.meanY);
            squaresX += other.squaresX;
            squaresY += other.squaresY;
            products += other.products;
        }
    }

    /** Takes that many equal pairs. */
    private void step(long pairs, double x, double y) {
        double share = pairs / ((double) count + pairs);
        double weight = count * share;
        double distanceX = x - meanX;
        double distanceY = y - meanY;
        count += pairs;
        meanX += distanceX * share;
        meanY += distanceY * share;
        if (weight > 0) {
            squaresX += distanceX * distanceX * weight;
            squaresY += distanceY * distanceY * weight;
            products += distanceX * distanceY * weight;
        }
    }

    /** How many pairs. */
    public long count() {
        return count;
    }

    /** Mean of x; NaN of nothing. */
    public double mean() {
        return count == 0 ? Double.NaN : meanX;
    }

    /** Standard deviation of x as of a sample, sqrt(squares / (n - 1)); NaN below two values. */
    public double stddev() {
        return count < 2 ? Double.NaN : Math.sqrt(squaresX / (count - 1));
    }

    /** Pearson's correlation of x and y, -1 to 1; NaN where all x or all y are equal. */
    public double correlation() {
        double value = products / Math.sqrt(squaresX) / Math.sqrt(squaresY);
        return Double.isNaN(value) || Double.isInfinite(value) ? Double.NaN : Math.max(-1, Math.min(1, value));
    }
}
