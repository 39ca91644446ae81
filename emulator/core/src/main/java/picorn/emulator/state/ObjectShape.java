// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@link ObjectState} knows of classes: which it goes into, by which fields, and how an object of each is made. */
final class ObjectShape {
    /** The collections that it goes into; they are emptied and filled again. */
    static final Map<Class<?>, Supplier<Object>> COLLECTIONS = Map.of(
            ArrayList.class, ArrayList::new,
            ArrayDeque.class, ArrayDeque::new,
            HashSet.class, HashSet::new,
            LinkedHashSet.class, LinkedHashSet::new,
            HashMap.class, HashMap::new,
            LinkedHashMap.class, LinkedHashMap::new);

    private final List<String> packages;
    private final List<String> except;
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();
    private final Map<Class<?>, Map<Object, String>> constants = new HashMap<>();

    /** Of the classes whose names begin with one of {@code packages}, but none of {@code except}. */
    ObjectShape(List<String> packages, List<String> except) {
        this.packages = packages;
        this.except = except;
    }

    boolean isOurs(Class<?> type) {
        String name = type.getName();
        return packages.stream().anyMatch(name::startsWith)
                && except.stream().noneMatch(name::startsWith)
                && !type.isHidden()
                && !type.isSynthetic();
    }

    /** Whether it has contents that are loaded behind it, and an identity. */
    boolean isNode(Class<?> type) {
        return type.isArray()
                || COLLECTIONS.containsKey(type)
                || isOurs(type) && !type.isRecord() && !Enum.class.isAssignableFrom(type);
    }

    /** Its own and inherited fields, in an order that only depends on their names; a record's as its constructor takes them. */
    List<Field> fields(Class<?> type) {
        return fields.computeIfAbsent(type, each -> each.isRecord() ? components(each) : find(each));
    }

    private static List<Field> components(Class<?> type) {
        List<Field> found = new ArrayList<>();
        try {
            for (RecordComponent component : type.getRecordComponents()) {
                found.add(type.getDeclaredField(component.getName()));
            }
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a record has a field for each component", e);
        }
        found.forEach(field -> field.setAccessible(true));
        return found;
    }

    private static List<Field> find(Class<?> type) {
        List<Field> found = new ArrayList<>();
        for (Class<?> part = type; part != Object.class; part = part.getSuperclass()) {
            Arrays.stream(part.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .sorted(Comparator.comparing(Field::getName))
                    .forEach(found::add);
        }
        found.forEach(field -> field.setAccessible(true));
        return found;
    }

    static boolean isFinal(Field field) {
        return Modifier.isFinal(field.getModifiers());
    }

    /** The name of the constant of its own class that an object is, such as {@code NONE}. */
    Optional<String> constant(Object value) {
        return Optional.ofNullable(
                constants.computeIfAbsent(owner(value), ObjectShape::constants).get(value));
    }

    /** The class whose constant it would be. */
    static Class<?> owner(Object value) {
        return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    }

    private static Map<Object, String> constants(Class<?> type) {
        Map<Object, String> found = new IdentityHashMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && isFinal(field) && field.getType() == type) {
                field.setAccessible(true);
                found.put(get(field, null), field.getName());
            }
        }
        return found;
    }

    Object constant(Class<?> type, String name) {
        return constants.computeIfAbsent(type, ObjectShape::constants).entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(type.getName() + "." + name))
                .getKey();
    }

    /** The class of a name that stands in a file: one of ours or a collection, nothing else. */
    Class<?> named(String name) {
        try {
            Class<?> type = name.startsWith("java.util.") || packages.stream().anyMatch(name::startsWith)
                    ? Class.forName(name, false, ObjectShape.class.getClassLoader())
                    : Void.class;
            if (isOurs(type) || COLLECTIONS.containsKey(type)) {
                return type;
            }
        } catch (ClassNotFoundException | LinkageError e) {
            // told below
        }
        throw unknown(name);
    }

    static StateMismatch unknown(String name) {
        return new StateMismatch("saved state has a '%s' that there is not: it is of another version".formatted(name));
    }

    /** An object with nothing in it; no constructor is called, for all its fields are loaded. */
    Object empty(Class<?> type) {
        if (COLLECTIONS.containsKey(type)) {
            return COLLECTIONS.get(type).get();
        }
        if (Modifier.isAbstract(type.getModifiers()) || !isNode(type)) {
            throw unknown(type.getName());
        }
        return Instances.of(type);
    }

    Object record(Class<?> type, Object[] values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw damaged(type);
        }
    }

    static StateMismatch damaged(Class<?> type) {
        return new StateMismatch("saved state does not fit a %s: it is damaged".formatted(type.getName()));
    }

    static Object get(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // it was made accessible
        }
    }

    static void set(Field field, Object of, Object value) {
        try {
            field.set(of, value);
        } catch (IllegalAccessException | IllegalArgumentException | NullPointerException e) {
            throw damaged(field.getDeclaringClass());
        }
    }

    /** What can be reached by final fields, which is there as long as its owner, in the order in which it is found. */
    List<Object> skeleton(List<?> roots) {
        Map<Object, Boolean> seen = new IdentityHashMap<>();
        List<Object> found = new ArrayList<>();
        ArrayDeque<Object> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Object next = open.poll();
            if (seen.put(next, true) == null) {
                found.add(next);
                openFinals(next, open);
            }
        }
        return found;
    }

    private void openFinals(Object object, ArrayDeque<Object> open) {
        if (!isOurs(object.getClass())) {
            return;
        }
        for (Field field : fields(object.getClass())) {
            if (isFinal(field) && !field.getType().isPrimitive()) {
                Object value = get(field, object);
                if (value != null && isNode(value.getClass()) && constant(value).isEmpty()) {
                    open.add(value);
                }
            }
        }
    }

    /** How many elements an array, or entries a collection, has. */
    static int size(Object node) {
        if (node.getClass().isArray()) {
            return Array.getLength(node);
        }
        return node instanceof Map<?, ?> map ? map.size() : ((Collection<?>) node).size();
    }
}
