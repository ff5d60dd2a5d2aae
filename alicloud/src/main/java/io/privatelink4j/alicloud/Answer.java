package io.privatelink4j.alicloud;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.privatelink4j.spi.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A JSON object of an answer. Anything in it may be missing, and numbers may be texts: the typed
 * answers of the SDK lose both, and whatever is newer than they are. Numbers are read as they were
 * written, as ids have more digits than fit elsewhere.
 */
final class Answer {
  /** Where a page of the lists that have no page numbers says how to go on. */
  static final String NEXT_TOKEN = "NextToken";

  private final JsonObject json;
  private final Supplier<RemoteException> notUnderstood;

  private Answer(JsonObject json, Supplier<RemoteException> notUnderstood) {
    this.json = json;
    this.notUnderstood = notUnderstood;
  }

  /**
   * {@return the answer; empty if it is no JSON object}
   *
   * @param content the body
   * @param notUnderstood what to throw when something is missing that the answer always has
   */
  static Optional<Answer> parse(String content, Supplier<RemoteException> notUnderstood) {
    String text = content.strip();
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonParser.parseString(text))
          .filter(JsonElement::isJsonObject)
          .map(element -> new Answer(element.getAsJsonObject(), notUnderstood));
    } catch (JsonParseException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** {@return the text or number; blank if there is none} */
  String text(String name) {
    JsonElement element = json.get(name);
    return element instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
  }

  /** {@return the text or number, without which the answer is none} */
  String required(String name) {
    String text = text(name);
    if (text.isBlank()) {
      throw notUnderstood.get();
    }
    return text;
  }

  /** {@return the number; empty if there is none} */
  OptionalLong number(String name) {
    try {
      return OptionalLong.of(Long.parseLong(text(name).strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** {@return the truth value; empty if there is none} */
  Optional<Boolean> flag(String name) {
    return switch (text(name).toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** {@return the objects of a list; empty if there is no list} */
  List<Answer> list(String... path) {
    return elements(path)
        .map(
            list ->
                list.stream()
                    .filter(JsonElement::isJsonObject)
                    .map(element -> new Answer(element.getAsJsonObject(), notUnderstood))
                    .toList())
        .orElse(List.of());
  }

  /**
   * {@return the objects of a list that may only be missing if the answer counts none} A list that
   * is simply not there must not be read as nothing that exists.
   *
   * @param count where the answer says how many there are
   * @param path where the list is
   */
  List<Answer> requiredList(String count, String... path) {
    if (elements(path).isEmpty() && number(count).orElse(-1) != 0) {
      throw notUnderstood.get();
    }
    return list(path);
  }

  /**
   * {@return the one object that was asked for by its name} That it does not exist is believed only
   * of a list that has all there is.
   *
   * @param id where an object has its name
   * @param value the name
   * @param count where the answer says how many objects there are
   * @param path where the list is
   */
  Optional<Answer> only(String id, String value, String count, String... path) {
    List<Answer> objects = requiredList(count, path);
    Optional<Answer> found =
        objects.stream().filter(object -> object.text(id).equals(value)).findFirst();
    if (found.isEmpty()) {
      requireWhole(objects.size(), count);
    }
    return found;
  }

  /** {@return the objects of a list that has all there is} */
  List<Answer> whole(String count, String... path) {
    List<Answer> objects = requiredList(count, path);
    requireWhole(objects.size(), count);
    return objects;
  }

  /** The count is believed of an empty list alone: it may count what was not asked for. */
  private void requireWhole(int objects, String count) {
    if (!text(NEXT_TOKEN).isBlank() || (objects == 0 && number(count).orElse(0) > 0)) {
      throw notUnderstood.get();
    }
  }

  /** {@return what says that this is not what the action answers with} */
  RemoteException notUnderstood() {
    return notUnderstood.get();
  }

  /** {@return the texts of a list; empty if there is no list} */
  List<String> texts(String... path) {
    return elements(path)
        .map(
            list ->
                list.stream()
                    .filter(JsonElement::isJsonPrimitive)
                    .map(JsonElement::getAsString)
                    .filter(text -> !text.isBlank())
                    .toList())
        .orElse(List.of());
  }

  /** {@return an object within; empty if there is none} */
  Optional<Answer> object(String name) {
    return Optional.ofNullable(json.get(name))
        .filter(JsonElement::isJsonObject)
        .map(element -> new Answer(element.getAsJsonObject(), notUnderstood));
  }

  private Optional<List<JsonElement>> elements(String... path) {
    JsonElement found = json;
    for (String name : path) {
      found = found instanceof JsonObject object ? object.get(name) : null;
    }
    if (found == null || !found.isJsonArray()) {
      return Optional.empty();
    }
    List<JsonElement> elements = new ArrayList<>();
    found.getAsJsonArray().forEach(elements::add);
    return Optional.of(elements);
  }
}
