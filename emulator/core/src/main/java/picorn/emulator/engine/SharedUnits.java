// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The translations of all machines of this JVM. A unit depends on nothing but the code that it was made from, so those that execute the
 * same code share it. The least recently wanted ones go, and all of them when memory is short.
 */
final class SharedUnits {
    private static final int MOST = 4096;

    private static final SharedUnits INSTANCE = new SharedUnits();

    private final UnitFactory factory = new UnitFactory();
    private final Map<List<Object>, SoftReference<Translated>> units = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, SoftReference<Translated>> eldest) {
            return size() > MOST;
        }
    };
    /** One thread, which ends when there is nothing to do. */
    private final ThreadPoolExecutor background =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SharedUnits::thread);

    private SharedUnits() {
        background.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "picorn translator");
        thread.setDaemon(true);
        return thread;
    }

    /** Gives the unit of a region to {@code taker}, at once or from another thread later. */
    static void request(Region region, Consumer<Translated> taker) {
        List<Object> key = region.key();
        Translated known = INSTANCE.known(key);
        if (known != null) {
            taker.accept(known);
        } else {
            INSTANCE.background.execute(() -> taker.accept(INSTANCE.made(region, key)));
        }
    }

    /** The unit of a region. */
    static Translated now(Region region) {
        return INSTANCE.made(region, region.key());
    }

    private Translated known(List<Object> key) {
        synchronized (units) {
            SoftReference<Translated> unit = units.get(key);
            return unit == null ? null : unit.get();
        }
    }

    private Translated made(Region region, List<Object> key) {
        Translated known = known(key);
        if (known != null) {
            return known;
        }
        synchronized (factory) {
            Translated unit = factory.translate(region);
            synchronized (units) {
                units.put(key, new SoftReference<>(unit));
            }
            return unit;
        }
    }
}
