export interface Person {
  username: string;
  name: string;
  email: string;
}
