// SPDX-License-Identifier: MIT
package picorn.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import picorn.emulator.cpu.Timing;

/**
 * Gives each test method a board of its own that has just been powered up with a firmware. Parameters of these types are filled
 * in: {@link Board}, {@link Console}, {@link Network}, {@link Memory}, {@link Registers}, {@link Clock}.
 *
 * <pre>{@code
 * @PicornTest(image = "build/app.elf", board = "stm32429i-eval")
 * class AppTest {
 *     @Test
 *     void answersPing(Board board, Network net) {
 *         board.console().awaitLine("ready", ofSeconds(2));
 *         assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
 *     }
 * }
 * }</pre>
 *
 * <p>A fault, a lock-up, an exit with a code other than 0, and a wait whose time is up fail the test unless they are expected: see
 * {@link Board#expectFault}. The console, the frames and a report are then left in {@code target/picorn/CLASS/METHOD}, or below what
 * the system property {@code picorn.output} names. On a method it replaces that of the class.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PicornExtension.class)
public @interface PicornTest {
    /**
     * The firmware: a file, relative to the Maven module's directory; or a resource of the class path; or the name of an image of
     * picorn-firmware-images; or {@code linux-VARIANT}, built on this machine by {@code picorn build-image linux-VARIANT}.
     */
    String image();

    /** The board. */
    String board() default "stm32429i-eval";

    /**
     * The name of the engine that executes instructions. Where it is empty the system property {@code picorn.engine} tells, else the
     * first on the class path is taken.
     */
    String engine() default "";

    /**
     * What takes how long: {@link Timing#INSTRUCTIONS} gives each a cycle; {@link Timing#M4} counts the cycles of a Cortex-M4 and its flash
     * memory, which engine "java" can.
     */
    Timing timing() default Timing.INSTRUCTIONS;

    /** What follows the image's name on the command line that firmware gets by semihosting; the whole command line of a Linux. */
    String args() default "";

    /** The board has a socket device (docs/socket-device.md): full, client or minimal, and {@code ,budget=SIZE}. */
    String socketDevice() default "";

    /** Where the network's random numbers start. */
    long seed() default 1;

    /**
     * The board is booted once for all tests of the class, on each engine, until this is on its console; each test gets a copy of it
     * that goes on from there. Where it is empty each test has its board powered up anew.
     */
    String snapshotAfter() default "";

    /**
     * Whether what firmware does wrong with the chip, such as to write reserved bits or to use a peripheral whose clock is off, fails the
     * test; see {@link Board#findings}.
     */
    boolean strict() default false;

    /** The test fails when its board has been there for so many seconds of the host's time. */
    int wallLimitSeconds() default 60;
}
