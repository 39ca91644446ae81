// SPDX-License-Identifier: MIT
package picorn.stm32f4.timer;

/** A 16-bit timer with one compare channel that goes through every tick, as RM0090, 18.3 describes it: slow and plain. */
final class TickByTickTimer {
    private static final int TOP = 0xFFFF;

    int cr1;
    int sr;
    int psc;
    int arr = TOP;
    int ccr1;
    int cnt;
    private int divisor = 1;
    private int prescaler;
    private int reload = TOP;
    private boolean delayed;

    private boolean is(int bit) {
        return (cr1 >>> bit & 1) != 0;
    }

    private boolean counting() {
        return is(0);
    }

    private boolean down() {
        return is(4);
    }

    void writeCr1(int value) {
        boolean ran = counting();
        cr1 = value;
        delayed = counting() && (!ran || delayed);
        writeArr(arr);
    }

    void writeArr(int value) {
        arr = value;
        if (!is(7)) {
            reload = value;
        }
    }

    void generateUpdate() {
        if (!is(1)) {
            divisor = psc + 1;
            reload = arr;
            if (!is(2)) {
                sr |= 1;
            }
        }
        cnt = down() ? reload : 0;
        prescaler = 0;
        delayed = false;
    }

    void tick() {
        if (!counting()) {
            return;
        }
        if (delayed) {
            delayed = false;
            return;
        }
        if (++prescaler == divisor) {
            prescaler = 0;
            step();
        }
    }

    private void step() {
        if (reload == 0) {
            return;
        }
        boolean over = down() ? cnt == 0 : cnt == reload;
        int greatest = ccr1 > reload && over ? 2 : 0;
        if (over) {
            cnt = down() ? reload : 0;
        } else {
            cnt = (down() ? cnt - 1 : cnt + 1) & TOP;
        }
        if (cnt == ccr1) {
            sr |= 2;
        }
        sr |= greatest;
        if (over && !is(1)) {
            update();
        }
    }

    private void update() {
        sr |= 1;
        divisor = psc + 1;
        reload = arr;
        if (down()) {
            cnt = reload;
        }
        if (is(3)) {
            cr1 &= ~1;
        }
    }
}
