// SPDX-License-Identifier: MIT
package picorn.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

class ClockDomainTest {
    private static final BigInteger SECOND = BigInteger.valueOf(Clock.SECOND);

    private long now;
    private final ClockDomain domain = new ClockDomain("HCLK", () -> now);

    @Test
    void tickOf168MHzIsAThousandOver168Picoseconds() {
        domain.run(Frequency.hertz(168_000_000));
        assertThat(domain.timeOf(1)).isEqualTo(5953); // 5952.38 rounded up
        assertThat(domain.timeOf(21)).isEqualTo(125_000);
        assertThat(domain.timeOf(168_000_000)).isEqualTo(Clock.SECOND);
        assertThat(domain.ticksAt(5952)).isZero();
        assertThat(domain.ticksAt(5953)).isEqualTo(1);
    }

    @Test
    void ticksAndTimesAreExactForRandomRationals() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Frequency frequency =
                    new Frequency(1 + random.nextInt(1 << 1 + random.nextInt(30)), 1 + random.nextInt(5000));
            ClockDomain any = new ClockDomain("any", () -> 0);
            any.run(frequency);
            long time = random.nextLong() >>> 1 + random.nextInt(60);
            BigInteger ticks = BigInteger.valueOf(time)
                    .multiply(BigInteger.valueOf(frequency.numerator()))
                    .divide(SECOND.multiply(BigInteger.valueOf(frequency.denominator())));
            if (ticks.bitLength() < 63) {
                assertThat(any.ticksAt(time)).as("seed %d", seed).isEqualTo(ticks.longValueExact());
            }
            long tick = random.nextLong() >>> 1 + random.nextInt(60);
            assertThat(any.timeOf(tick)).as("seed %d", seed).isEqualTo(exactTime(frequency, tick));
        }
    }

    /** The time of a tick rounded up, or NEVER if it is past what a long holds. */
    private static long exactTime(Frequency frequency, long tick) {
        BigInteger numerator = BigInteger.valueOf(frequency.numerator());
        BigInteger time = BigInteger.valueOf(tick)
                .multiply(SECOND)
                .multiply(BigInteger.valueOf(frequency.denominator()))
                .add(numerator.subtract(BigInteger.ONE))
                .divide(numerator);
        return time.bitLength() < 64 ? time.longValueExact() : EventQueue.NEVER;
    }

    @Test
    void timeOfATickIsTheFirstMomentOfIt() {
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            now = random.nextInt(1_000_000);
            ClockDomain any = new ClockDomain("any", () -> now);
            any.run(new Frequency(1 + random.nextInt(200_000_000), 1 + random.nextInt(64)));
            long tick = 1 + random.nextInt(1_000_000);
            long time = any.timeOf(tick);
            assertThat(any.ticksAt(time)).as("seed %d", seed).isEqualTo(tick);
            assertThat(any.ticksAt(time - 1)).as("seed %d", seed).isEqualTo(tick - 1);
            assertThat(any.tickNotBefore(time)).as("seed %d", seed).isEqualTo(tick);
            assertThat(any.tickNotBefore(time - 1)).as("seed %d", seed).isEqualTo(tick);
            assertThat(any.tickNotBefore(time + 1)).as("seed %d", seed).isEqualTo(tick + 1);
        }
    }

    @Test
    void changeOfFrequencyKeepsTheTicksCounted() {
        domain.run(Frequency.hertz(16_000_000));
        now = 10 * 62_500 + 1;
        domain.run(Frequency.hertz(1_000_000));
        assertThat(domain.ticks()).isEqualTo(10);
        assertThat(domain.timeOf(11)).isEqualTo(now + 1_000_000);
        now += 5_000_000;
        domain.run(Frequency.STOPPED);
        now += Clock.SECOND;
        assertThat(domain.ticks()).isEqualTo(15);
        assertThat(domain.timeOf(16)).isEqualTo(EventQueue.NEVER);
        domain.run(Frequency.hertz(2_000_000));
        assertThat(domain.timeOf(16)).isEqualTo(now + 500_000);
    }

    @Test
    void listenerHearsOfChangesOnly() {
        int[] changes = {0};
        domain.onChange(() -> changes[0]++);
        domain.run(Frequency.hertz(8));
        domain.run(new Frequency(16, 2));
        assertThat(changes[0]).isEqualTo(1);
        domain.run(Frequency.STOPPED);
        assertThat(changes[0]).isEqualTo(2);
    }

    @Test
    void tickBeyondVirtualTimeNeverComes() {
        domain.run(Frequency.hertz(16_000_000));
        assertThat(domain.timeOf(1L << 48)).isEqualTo(EventQueue.NEVER);
    }

    @Test
    void savedDomainCountsOnFromTheSameTick() {
        domain.run(Frequency.hertz(3));
        now = Clock.SECOND;
        domain.run(Frequency.hertz(7).dividedBy(3));
        StateWriter out = new StateWriter();
        domain.save(out);
        ClockDomain loaded = new ClockDomain("HCLK", () -> now);
        loaded.load(new StateReader(out.toByteArray()));
        now = 100 * Clock.SECOND;
        assertThat(loaded.ticks()).isEqualTo(domain.ticks()).isEqualTo(3 + 99 * 7 / 3);
        assertThat(loaded.frequency()).isEqualTo(new Frequency(7, 3));
    }
}
