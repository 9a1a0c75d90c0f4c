/** The services that the function calls. */
export type ServiceName = 'commercetools' | 'klaviyo';

/** `GET /api/weather`, and the whole of it in `PUT /api/weather`, which answers with what is now. */
export interface Weather {
  klaviyo: ServiceWeather & {
    /** By how much Klaviyo's limits a minute are shortened: 1 as really, 0 for no limits, 60 at most. */
    limits: number;
  };
  commercetools: ServiceWeather;
}

/** What calls to a service meet with. */
export interface ServiceWeather {
  /** Whether every call is answered 503. */
  isDown: boolean;
  /** Milliseconds that every answer takes longer; 30,000 at most. */
  latency: number;
  /** One call in so many is answered 503, and not applied; 0 for none. */
  failOneIn: number;
  /** One call in so many is applied and its reply is lost; 0 for none. */
  loseOneIn: number;
}

/** `POST /api/weather/burst`: so many orders, 10,000 at most, as fast as Pub/Sub takes them. */
export interface BurstRequest {
  orders: number;
}

/** What is under way. `POST /api/weather/kill` has an empty body, and answers with the process: `FunctionState`. */
export interface BurstAnswer {
  /** How many are still to be published, of this burst and those before. */
  left: number;
}
