// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.RttEstimator;
import picorn.netstack.tcp.control.Scoreboard;

/** What a connection draws from the budget is what its objects take in a heap with compressed references. */
class ConnectionMemoryTest {
    private static final int HEADER = 12;
    private static final List<Class<?>> SHARED =
            List.of(Tcp.class, TcpConfig.class, Enum.class, ChunkPool.class, MemoryBudget.class, TcpListener.class);

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Pair pair = new Pair(4 * 1024 * 1024, picorn.netstack.link.ImpairmentConfig.NONE, 0);

    private static int aligned(int octets) {
        return octets + 7 & ~7;
    }

    private static int sizeOf(Class<?> type) {
        return switch (type.getName()) {
            case "long", "double" -> 8;
            case "short", "char" -> 2;
            case "byte", "boolean" -> 1;
            default -> 4;
        };
    }

    private int retained(Object object) throws IllegalAccessException {
        boolean shared = object == null
                || !object.getClass().isArray() && !object.getClass().getName().startsWith("picorn")
                || object.getClass().isHidden()
                || SHARED.stream().anyMatch(type -> type.isInstance(object));
        if (shared || !seen.add(object)) {
            return 0;
        }
        if (object.getClass().isArray()) {
            int length = Array.getLength(object);
            return length == 0
                    ? 0
                    : aligned(16 + length * sizeOf(object.getClass().getComponentType()));
        }
        int size = HEADER;
        int others = 0;
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    size += sizeOf(field.getType());
                    if (!field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        others += retained(field.get(object));
                    }
                }
            }
        }
        return aligned(size) + others;
    }

    @Test
    void connectionDrawsWhatItTakes() throws IllegalAccessException {
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT);
        int retained = retained(ends[0]);
        int drawn = pair.a.tcp().flows().connectionMemory();
        assertThat(seen)
                .extracting(object -> (Object) object.getClass())
                .contains(Connection.class, Scoreboard.class, RttEstimator.class, TcpSocket.class)
                .anyMatch(type -> CongestionControl.class.isAssignableFrom((Class<?>) type));
        assertThat(retained).isBetween(drawn - 64, drawn);
    }

    @Test
    void idleConnectionCostsAtMostOneKibibyte() {
        int connections = 1000;
        TcpListener listener = pair.b.tcp().listen(Pair.PORT, TcpConfig.DEFAULT);
        long before = pair.b.budget().used();
        for (int i = 0; i < connections; i++) {
            TcpSocket client = pair.a.tcp().connect(Pair.B, Pair.PORT, TcpConfig.DEFAULT);
            pair.run(Pair.MILLISECOND);
            TcpSocket server = listener.accept().orElseThrow();
            client.write(new byte[3000], 0, 3000);
            pair.run(Pair.MILLISECOND);
            server.read(new byte[3000], 0, 3000);
        }
        pair.run(10 * Pair.SECOND);
        assertThat((pair.b.budget().used() - before) / connections).isLessThanOrEqualTo(1024);
    }
}
