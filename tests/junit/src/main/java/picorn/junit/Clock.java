// SPDX-License-Identifier: MIT
package picorn.junit;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.time.Duration;
import picorn.emulator.machine.Machine;

/**
 * Virtual time, which goes on while firmware runs and at no other time.
 *
 * <pre>{@code
 * Duration before = clock.now();
 * console.awaitLine("tick", ofSeconds(1));
 * assertThat(clock.now().minus(before)).isLessThan(ofMillis(11));
 * }</pre>
 */
public final class Clock {

    private final Machine machine;
    private final Runner runner;

    Clock(Machine machine, Runner runner) {
        this.machine = machine;
        this.runner = runner;
    }

    /**
     * Since power-up, cut off to whole nanoseconds.
     *
     * <pre>{@code
     * assertThat(clock.now()).isLessThan(ofSeconds(2));
     * }</pre>
     */
    public Duration now() {
        return Duration.ofNanos(machine.now() / NANOSECOND);
    }

    /**
     * Since power-up, exact.
     *
     * <pre>{@code
     * long before = clock.picoseconds();
     * }</pre>
     */
    public long picoseconds() {
        return machine.now();
    }

    /**
     * Instructions executed since power-up.
     *
     * <pre>{@code
     * assertThat(clock.instructions()).isLessThan(1_000_000);
     * }</pre>
     */
    public long instructions() {
        return machine.instructions();
    }

    /**
     * Lets the board run for so long, as {@link Board#run} does.
     *
     * <pre>{@code
     * clock.advance(ofMillis(50));
     * }</pre>
     */
    public void advance(Duration time) {
        runner.run(time);
    }
}
