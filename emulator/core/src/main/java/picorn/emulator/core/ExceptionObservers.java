// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.Arrays;

/** Tells each of several observers. */
final class ExceptionObservers implements ExceptionObserver {
    private ExceptionObserver[] all = {};

    void add(ExceptionObserver observer) {
        all = Arrays.copyOf(all, all.length + 1);
        all[all.length - 1] = observer;
    }

    @Override
    public void pended(int n) {
        for (ExceptionObserver each : all) {
            each.pended(n);
        }
    }

    @Override
    public void withdrawn(int n) {
        for (ExceptionObserver each : all) {
            each.withdrawn(n);
        }
    }

    @Override
    public void entered(int n, int over, Entry entry) {
        for (ExceptionObserver each : all) {
            each.entered(n, over, entry);
        }
    }

    @Override
    public void left(int n) {
        for (ExceptionObserver each : all) {
            each.left(n);
        }
    }

    @Override
    public void resumed(int n) {
        for (ExceptionObserver each : all) {
            each.resumed(n);
        }
    }

    @Override
    public void reset() {
        for (ExceptionObserver each : all) {
            each.reset();
        }
    }
}
