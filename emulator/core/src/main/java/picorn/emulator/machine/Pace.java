// SPDX-License-Identifier: MIT
package picorn.emulator.machine;

/** How virtual time keeps to the host's. The machine itself never reads the host's clock. */
public interface Pace {
    /** Virtual time jumps over idle periods and is never held back. */
    Pace VIRTUAL = new Pace() {
        @Override
        public long idle(long now, long next) {
            return next;
        }

        @Override
        public void busy(long now) {}
    };

    /**
     * The core sleeps and nothing is due before {@code next}, which is {@link picorn.emulator.time.EventQueue#NEVER} if only the host can
     * wake it. May wait for the host, and drain the inbox.
     *
     * @return the virtual time, in picoseconds, up to which to idle: {@code next} at most, {@code now} at least
     */
    long idle(long now, long next);

    /** Called between slices. */
    void busy(long now);
}
